"""The Web API: who calls, may they, what comes back."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground.arguments import bearer_token, read_arguments
from bot.playground.journal import Call
from bot.playground.methods import chat, conversations, files, people, views, workspace
from bot.playground.methods.call import Args, Desk, Method
from bot.playground.shapes import Json, SlackError
from bot.playground.weather import Weather

METHODS: dict[str, Method] = {
    **workspace.METHODS,
    **views.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **people.METHODS,
    **files.METHODS,
}


class WebApi:
    def __init__(self, desk: Desk, weather: Weather) -> None:
        self._desk = desk
        self._weather = weather

    async def endpoint(self, request: Request) -> Response:
        name = request.path_params["method"]
        return await self._weather.around(name, request, lambda: self._answered(name, request))

    async def _answered(self, name: str, request: Request) -> Response:
        arguments: Json = {}
        try:
            arguments = await read_arguments(request)
            token = bearer_token(request, arguments)
            answer = {"ok": True, **self.call(name, token, arguments)}
        except SlackError as refusal:
            answer = refusal.answer()
        self._desk.workspace.journal.called(Call(name, arguments, self._desk.workspace.clock.now(), answer))
        return JSONResponse(answer, headers={"x-oauth-scopes": ",".join(sorted(self._desk.scopes))})

    def call(self, name: str, token: str, arguments: Json) -> Json:
        """What the method answers, without `ok`; refusals raise SlackError."""
        method = METHODS.get(name)
        if method is None:
            self._desk.workspace.journal.warn(f"UNKNOWN METHOD {name}: the playground does not have it")
            raise SlackError("unknown_method", extra={"req_method": name})
        self._authenticate(method, token)
        with self._desk.workspace.lock:
            self._desk.require(*method.scopes)
            return method.run(self._desk, Args(arguments))

    def _authenticate(self, method: Method, token: str) -> None:
        app = self._desk.workspace.app
        if not token:
            raise SlackError("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise SlackError("invalid_auth")
        if (token == app.app_token) is not method.is_for_app_token:
            raise SlackError("not_allowed_token_type")
