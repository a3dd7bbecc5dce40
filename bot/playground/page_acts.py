"""The page's acts: what each gesture does in the workspace."""

from collections.abc import Callable, Mapping

from bot.playground.acts import Acts, Outcome
from bot.playground.page_gestures import Gesture

Act = Callable[[Acts, Gesture], Outcome | None]


def write(acts: Acts, gesture: Gesture) -> Outcome | None:
    """Enter in the composer: a command when it begins with a slash, else a message."""
    if gesture.text.startswith("/"):
        return acts.command(gesture.user, gesture.channel, gesture.text)
    return acts.say(gesture.user, gesture.channel, gesture.text, gesture.files)


def fill(acts: Acts, gesture: Gesture) -> None:
    acts.fill(gesture.user, gesture.place, gesture.state)


def press(acts: Acts, gesture: Gesture) -> Outcome:
    fill(acts, gesture)
    return acts.press(gesture.user, gesture.place, gesture.block_id, gesture.action_id, gesture.chosen)


def choose(acts: Acts, gesture: Gesture) -> Outcome | None:
    fill(acts, gesture)
    return acts.choose(gesture.user, gesture.place, gesture.block_id, gesture.action_id, gesture.chosen)


def type_into(acts: Acts, gesture: Gesture) -> Outcome | None:
    fill(acts, gesture)
    return acts.type_into(gesture.user, gesture.place, gesture.block_id, gesture.action_id, gesture.text)


def press_enter(acts: Acts, gesture: Gesture) -> Outcome | None:
    fill(acts, gesture)
    return acts.press_enter(gesture.user, gesture.place, gesture.block_id, gesture.action_id)


def submit(acts: Acts, gesture: Gesture) -> Outcome:
    return acts.submit(gesture.user, gesture.place.id, gesture.state)


def close(acts: Acts, gesture: Gesture) -> Outcome | None:
    return acts.close(gesture.user, gesture.place.id, gesture.state)


def close_all(acts: Acts, gesture: Gesture) -> Outcome | None:
    fill(acts, gesture)
    return acts.close_all(gesture.user)


def global_shortcut(acts: Acts, gesture: Gesture) -> Outcome:
    return acts.global_shortcut(gesture.user, gesture.name)


def message_shortcut(acts: Acts, gesture: Gesture) -> Outcome:
    place = gesture.place
    return acts.message_shortcut(gesture.user, gesture.name, place.channel, place.id)


def open_home(acts: Acts, gesture: Gesture) -> Outcome | None:
    return acts.open_home(gesture.user)


def open_messages(acts: Acts, gesture: Gesture) -> Outcome | None:
    return acts.open_messages(gesture.user)


ACTS: Mapping[str, Act] = {
    act.__name__: act
    for act in (
        write,
        fill,
        press,
        choose,
        type_into,
        press_enter,
        submit,
        close,
        close_all,
        global_shortcut,
        message_shortcut,
        open_home,
        open_messages,
    )
}
