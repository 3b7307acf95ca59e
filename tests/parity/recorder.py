"""A server on the loopback address that answers the billing endpoints and writes down what it was asked.

Use: recorder.py FILE. It prints its port as the first line, adds one JSON line per request to FILE, and ends when its standard
input does, so that it never outlives the program that started it.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

AUTHENTICATION_HEADERS = ("authorization", "x-auth-email", "x-auth-key", "x-auth-user-service-key")
RESULTS = {"/billing/profile": {}, "/billing/usage/paygo": []}


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    Recorder.recording = Path(arguments[0])
    Recorder.recording.write_text("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    server.shutdown()
    return 0


class Recorder(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    recording = None
    lock = threading.Lock()

    def answer(self):
        path, _, query = self.path.partition("?")
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.record({
            "method": self.command,
            "path": path,
            "query": query,
            "headers": {name: self.headers.get_all(name) for name in AUTHENTICATION_HEADERS if name in self.headers},
        })
        result = next((result for suffix, result in RESULTS.items() if path.endswith(suffix)), None)
        self.send(404 if result is None else 200, result)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer

    def record(self, request):
        with self.lock, self.recording.open("a", encoding="utf-8") as file:
            file.write(json.dumps(request) + "\n")

    def send(self, status, result):
        errors = [{"code": 7003, "message": "The recorder knows no such path"}] if status != 200 else []
        envelope = {"success": not errors, "errors": errors, "messages": [], "result": result}
        body = json.dumps(envelope).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        """Nothing: the recording is the log."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
