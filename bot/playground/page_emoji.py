"""The emoji that the playground knows by name."""

import re

_NAME = re.compile(r":([a-z0-9_+'-]+):")

EMOJI = {
    "+1": "👍",
    "thumbsup": "👍",
    "-1": "👎",
    "thumbsdown": "👎",
    "wave": "👋",
    "tada": "🎉",
    "cake": "🍰",
    "smile": "😄",
    "slightly_smiling_face": "🙂",
    "disappointed": "😞",
    "thinking_face": "🤔",
    "eyes": "👀",
    "white_check_mark": "✅",
    "heavy_check_mark": "✔️",
    "x": "❌",
    "warning": "⚠️",
    "information_source": "ℹ️",
    "bulb": "💡",
    "bell": "🔔",
    "calendar": "📅",
    "spiral_calendar_pad": "🗓️",
    "clock3": "🕒",
    "hourglass_flowing_sand": "⏳",
    "telephone_receiver": "📞",
    "phone": "☎️",
    "email": "📧",
    "envelope": "✉️",
    "handshake": "🤝",
    "memo": "📝",
    "pencil2": "✏️",
    "paperclip": "📎",
    "page_facing_up": "📄",
    "bar_chart": "📊",
    "chart_with_upwards_trend": "📈",
    "chart_with_downwards_trend": "📉",
    "busts_in_silhouette": "👥",
    "bust_in_silhouette": "👤",
    "office": "🏢",
    "house": "🏠",
    "mag": "🔍",
    "star": "⭐",
    "fire": "🔥",
    "rocket": "🚀",
    "zap": "⚡",
    "lock": "🔒",
    "gear": "⚙️",
    "arrows_counterclockwise": "🔄",
    "leftwards_arrow_with_hook": "↩️",
    "large_green_circle": "🟢",
    "large_yellow_circle": "🟡",
    "red_circle": "🔴",
    "white_circle": "⚪",
    "heart": "❤️",
    "pray": "🙏",
    "muscle": "💪",
    "coffee": "☕",
    "snowflake": "❄️",
    "sunny": "☀️",
}


def emoji(name: str) -> str:
    """The sign, or the name between its colons when it is not known."""
    return EMOJI.get(name, f":{name}:")


def with_emoji(text: str) -> str:
    return _NAME.sub(lambda match: emoji(match[1]), text)
