"""When App Home is published: once for each change, also of others, and legibly wherever Slack draws no charts."""

from collections.abc import Mapping
from typing import Any, cast

import pytest
from office import Office
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.people import Person
from handlers.home import Homes


class Wall:
    """Slack as App Home sees it: takes pages, but for those with a block that it refuses."""

    def __init__(self, refused: str = "", error: str = "invalid_arguments") -> None:
        self.refused = refused
        self.error = error
        self.asked = 0
        self.pages: list[dict[str, Any]] = []

    def views_publish(self, *, user_id: str, view: Mapping[str, Any]) -> None:
        self.asked += 1
        if self.refused in {block["type"] for block in view["blocks"]}:
            raise SlackApiError("refused", {"ok": False, "error": self.error})
        self.pages.append({"user": user_id, **view})

    @property
    def client(self) -> WebClient:
        return cast("WebClient", self)

    @property
    def readers(self) -> list[str]:
        return [page["user"] for page in self.pages]


@pytest.fixture
def homes(office: Office) -> Homes:
    return Homes(office.home, office.people)


@pytest.fixture
def eva(office: Office) -> Person:
    eva = office.joins("Eva")
    office.logs(eva, office.knows(eva, "Anna Berg"))
    return eva


def test_the_same_page_is_published_once(homes: Homes, office: Office, eva: Person) -> None:
    wall = Wall()
    for _ in range(3):
        homes.publish(eva, wall.client)
        homes.refresh(office.workspace, eva.id, wall.client)
    assert wall.readers == ["U0EVA"]
    office.logs(eva, office.knows(eva, "Ola Moe"))
    homes.refresh(office.workspace, eva.id, wall.client)
    homes.refresh(office.workspace, eva.id, wall.client)
    assert wall.readers == ["U0EVA", "U0EVA"]


def test_what_slack_shows_already_is_not_published_by_another_process(
    homes: Homes, office: Office, eva: Person
) -> None:
    wall, other = Wall(), Homes(office.home, office.people)
    homes.open(eva, wall.client, "")
    mark = wall.pages[-1]["private_metadata"]
    other.open(eva, wall.client, mark)
    assert wall.asked == 1
    again = office.logs(eva, office.knows(eva, "Ola Moe"))
    other.refresh(office.workspace, eva.id, wall.client)
    office.entries.cancel(eva, again, None)
    homes.open(eva, wall.client, wall.pages[-1]["private_metadata"])
    assert wall.asked == 3, "this process believes that the first page stands there still"


def test_a_chart_that_slack_refuses_is_said_in_words(homes: Homes, office: Office, eva: Person) -> None:
    wall = Wall("data_visualization")
    homes.publish(eva, wall.client)
    assert wall.asked == 2
    said = str(wall.pages[-1]["blocks"])
    assert "This week: Mon 0, Tue 0, Wed 0, Thu 0, Fri 1" in said
    office.logs(eva, office.knows(eva, "Ola Moe"))
    homes.refresh(office.workspace, eva.id, wall.client)
    assert wall.asked == 3, "what was refused once is not tried at each change"


def test_another_error_is_not_taken_for_a_refusal(homes: Homes, eva: Person) -> None:
    wall = Wall("data_visualization", "fatal_error")
    with pytest.raises(SlackApiError):
        homes.publish(eva, wall.client)
    wall.refused = ""
    homes.publish(eva, wall.client)
    assert "data_visualization" in str(wall.pages)


def test_a_manager_sees_what_his_team_did_a_little_later_and_once(homes: Homes, office: Office) -> None:
    eva, max_ = office.joins("Eva"), office.joins("Max")
    max_, eva = office.team_of("North", max_, eva)
    wall = Wall()
    homes.publish(max_, wall.client)
    for name in ("Anna Berg", "Ola Moe", "Kari Nes"):
        office.logs(eva, office.knows(eva, name))
        homes.refresh(office.workspace, eva.id, wall.client)
    assert wall.readers == ["U0MAX"]
    homes.look_again(wall.client)
    homes.look_again(wall.client)
    assert wall.readers == ["U0MAX", "U0MAX"]
    assert "3 interactions with 3 contacts" in str(wall.pages[-1])


def test_a_managers_page_that_slack_did_not_take_waits_on(homes: Homes, office: Office) -> None:
    eva, max_ = office.joins("Eva"), office.joins("Max")
    max_, eva = office.team_of("North", max_, eva)
    wall = Wall()
    homes.publish(max_, wall.client)
    office.logs(eva, office.knows(eva, "Anna Berg"))
    homes.refresh(office.workspace, eva.id, wall.client)
    down = Wall("header", "ratelimited")
    homes.look_again(down.client)
    assert down.asked == 1
    homes.look_again(wall.client)
    assert wall.readers == ["U0MAX", "U0MAX"]


def test_nobody_gets_a_page_who_never_opened_it(homes: Homes, office: Office) -> None:
    eva, max_ = office.joins("Eva"), office.joins("Max")
    max_, eva = office.team_of("North", max_, eva)
    wall = Wall()
    homes.publish(eva, wall.client)
    office.logs(eva, office.knows(eva, "Anna Berg"))
    homes.refresh(office.workspace, eva.id, wall.client)
    homes.look_again(wall.client)
    assert set(wall.readers) == {"U0EVA"}
