"""Files for browsers: what tools/build_web.py built, and little pictures of ours. Built files are named by their content, so they may be kept for ever."""

import os
from collections.abc import MutableMapping
from mimetypes import guess_type
from typing import Any

from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

FOR_EVER = "public, max-age=31536000, immutable"
SHOWN = (".js", ".css", ".woff2", ".woff", ".svg", ".png", ".ico")


class Static(StaticFiles):
    """Sends the gzip beside a file to whoever takes it. Only what a browser needs is shown: no manifest, no stamp."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        if not path.endswith(SHOWN):
            return await super().get_response("nothing", scope)
        accepts = dict(scope["headers"]).get(b"accept-encoding", b"").decode("latin-1")
        packed, about = self.lookup_path(f"{path}.gz") if "gzip" in accepts else ("", None)
        if about is None:
            response = await super().get_response(path, scope)
        else:
            kind = guess_type(path)[0] or "application/octet-stream"
            headers = {"Content-Encoding": "gzip"}
            response = FileResponse(packed, media_type=kind, stat_result=os.stat_result(about), headers=headers)
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = FOR_EVER if path.startswith("dist" + os.sep) else "no-cache"
        return response
