"""Ends well when the server in this container answers that it is alive."""

import http.client
import os
import sys

address = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
address.request("GET", "/livez")
sys.exit(address.getresponse().status != 200)
