"""The channels that come with the service, and those an operator has added."""

from collections.abc import Iterable, Mapping

from formbuilder import plugins
from formbuilder.delivery.channel import Channel, ChannelTools
from formbuilder.delivery.channels.folder import Folder
from formbuilder.delivery.channels.inbox import Inbox
from formbuilder.delivery.channels.webhook import Webhook

BUILT_IN: tuple[type[Channel], ...] = (Inbox, Folder, Webhook)


def offered(listed: Iterable[str]) -> tuple[type[Channel], ...]:
    """Return every channel of this installation: ours and those it has listed.

    Raises:
        OperatorError: one that is listed is not installed.
    """
    return (*BUILT_IN, *plugins.listed_parts(plugins.CHANNELS, listed))


def enabled(
    tools: ChannelTools, parts: Iterable[type[Channel]] = BUILT_IN
) -> Mapping[str, Channel]:
    """Make each channel, by key."""
    return {part.key: part(tools) for part in parts}
