"""The channels that come with the service."""

from collections.abc import Iterable, Mapping

from formbuilder.delivery.channel import Channel, ChannelTools
from formbuilder.delivery.channels.folder import Folder
from formbuilder.delivery.channels.inbox import Inbox
from formbuilder.delivery.channels.webhook import Webhook

BUILT_IN: tuple[type[Channel], ...] = (Inbox, Folder, Webhook)


def enabled(
    tools: ChannelTools, parts: Iterable[type[Channel]] = BUILT_IN
) -> Mapping[str, Channel]:
    """Make each channel, by key."""
    return {part.key: part(tools) for part in parts}
