from pathlib import Path

import pytest

from bot.settings import ENV_FILE, Mode, Settings, SettingsError, documented, read_settings

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-canary", "SLACK_APP_TOKEN": "xapp-canary"}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine's environment, and a folder without `.env`."""
    for setting in documented():
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.delenv(ENV_FILE, raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_anything_set_the_defaults_stand_and_the_tokens_are_asked_for() -> None:
    settings = read_settings()
    assert settings.database_url == "sqlite:///var/saleslog.db"
    assert settings.api_url == "https://slack.com/api/"
    assert settings.mode is Mode.SOCKET
    assert [sentence.split()[0] for sentence in settings.wanting()] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


def test_env_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nPORT=4000\nUNKNOWN=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "5000")
    settings = read_settings()
    assert settings.port == 5000
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == "xoxb-file"


def test_an_empty_name_of_the_env_file_reads_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=4000\n", encoding="utf-8")
    monkeypatch.setenv(ENV_FILE, "")
    assert read_settings().port is None


def test_admins_are_ids_or_mails_whatever_their_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESLOG_ADMINS", " U01ADA, Ada@Fjord.NO ,,")
    assert read_settings().admins == {"u01ada", "ada@fjord.no"}


def test_a_signing_secret_means_http_mode_and_no_app_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "canary")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    settings = read_settings()
    assert settings.mode is Mode.HTTP
    assert settings.wanting() == []


def test_documents_are_taken_on_a_port_that_socket_mode_has_to_be_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {**TOKENS, "SALESLOG_DOCUMENTS_SECRET": "canary" * 3}.items():
        monkeypatch.setenv(name, value)
    assert [sentence.split()[0] for sentence in read_settings().wanting()] == ["PORT"]
    monkeypatch.setenv("PORT", "3000")
    assert read_settings().wanting() == []


def test_secrets_are_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {"SLACK_SIGNING_SECRET": "canary", "SALESLOG_DOCUMENTS_SECRET": "canary" * 3}
    for name, value in {**TOKENS, **secrets}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", "postgresql://eva:canary@db/saleslog")
    settings = read_settings()
    assert "canary" not in f"{settings!r}{settings}{settings.database_shown}"
    assert settings.database_shown == "postgresql://eva:…@db/saleslog"


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("SLACK_BOT_TOKEN", "xapp-canary", "begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-canary", "begin with xapp-"),
        ("SLACK_API_URL", "canary", "https://slack.com/api/"),
        ("DATABASE_URL", "mysql://canary@db", "sqlite:///var/saleslog.db"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite:///var/saleslog.db"),
        ("PORT", "canary", "whole number"),
        ("PORT", "70000", "65535"),
        ("LOG_LEVEL", "canary", "INFO"),
        ("SALESLOG_DOCUMENTS_SECRET", "canary", "16 letters"),
        ("SALESLOG_COMMAND_LOG", "/Log Canary", "small letters"),
        ("SALESLOG_URL", "http://canary", "https://"),
        ("SALESLOG_ALLOW_GUESTS", "canary", "true or false"),
    ],
)
def test_an_unusable_value_is_named_with_its_cure_but_not_repeated(
    name: str, value: str, cure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    (sentence,) = refused.value.sentences
    assert sentence.startswith(f"{name} can't be used: ")
    assert cure in sentence
    assert "canary" not in sentence.casefold()


def test_a_command_name_is_mended_where_it_is_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESLOG_COMMAND_LOG", "saleslog")
    assert read_settings().command_log == "/saleslog"


def test_every_setting_is_documented() -> None:
    assert len(documented()) == len(Settings.model_fields)
    assert all(setting.name.isupper() and setting.meaning.endswith(".") for setting in documented())
