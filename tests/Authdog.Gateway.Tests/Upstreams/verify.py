"""An upstream that believes the gateway's signed assertion and nothing else. Usage: verify.py JWKS_URL ISSUER AUDIENCE"""
import http.server, json, sys
import jwt  # PyJWT

jwks, issuer, audience = sys.argv[1:]
keys = jwt.PyJWKClient(jwks)


class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            token = self.headers["X-Authdog-Assertion"] or ""
            key = keys.get_signing_key_from_jwt(token).key
            claims = jwt.decode(token, key, algorithms=["ES256"], audience=audience, issuer=issuer)
            status, answer = 200, claims
        except jwt.PyJWTError as error:
            status, answer = 401, {"error": str(error)}
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), App)
print(server.server_port, flush=True)
server.serve_forever()
