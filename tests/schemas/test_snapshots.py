from hashlib import sha256

from schemas.snapshots import Stream, changes


def mac(receiver, payload):
    return sha256(receiver.encode() + payload).hexdigest()


def told(payload, *, version=1, is_ended=False):
    return {
        "kitchen": Stream(
            id="s",
            receiver="kitchen",
            department="kitchen",
            version=version,
            mac=mac("kitchen", payload),
            is_ended=is_ended,
        )
    }


def versions(streams, payload):
    return [
        (change.version, change.payload)
        for change in changes(streams, {"kitchen": payload}, mac)
    ]


def test_the_first_payload_is_version_one():
    assert [(1, b"egg")] == versions({}, b"egg")


def test_equal_bytes_are_no_new_version():
    assert [] == versions(told(b"egg"), b"egg")


def test_other_bytes_are_the_next_version():
    assert [(3, b"nut")] == versions(told(b"egg", version=2), b"nut")


def test_nothing_to_tell_any_more_ends_the_stream_once():
    assert ([(2, None)], []) == (
        versions(told(b"egg"), None),
        versions(told(b"egg", is_ended=True), None),
    )


def test_nothing_to_tell_from_the_start_is_no_stream():
    assert [] == versions({}, None)


def test_an_ended_stream_begins_again_even_with_the_same_bytes():
    assert [(3, b"egg")] == versions(told(b"egg", version=2, is_ended=True), b"egg")
