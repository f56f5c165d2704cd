"""A proxy on loopback that holds every byte back for half a round trip, and counts the round trips."""

import queue
import socket
import threading
import time


class DelayProxy:
    """Forwards connections to `port`; `round_trips` counts how often a client spoke after the server had."""

    def __init__(self, port: int, milliseconds: float) -> None:
        self.target = port
        self.half = milliseconds / 2000
        self.round_trips = 0
        self.largest_query = b""
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            turn = {"server_spoke": True}
            self._forward(client, server, turn, is_client=True)
            self._forward(server, client, turn, is_client=False)

    def _forward(self, source: socket.socket, sink: socket.socket, turn: dict, is_client: bool) -> None:
        waiting: queue.Queue = queue.Queue()
        said = bytearray()

        def read() -> None:
            while True:
                try:
                    data = source.recv(65536)
                except OSError:
                    data = b""
                waiting.put((time.monotonic() + self.half, data))
                if is_client:
                    said.extend(data)
                if not data:
                    self._note_queries(bytes(said))
                    return

        def write() -> None:
            while True:
                due, data = waiting.get()
                pause = due - time.monotonic()
                if pause > 0:
                    time.sleep(pause)
                try:
                    if not data:
                        sink.shutdown(socket.SHUT_WR)
                        return
                    if is_client and turn["server_spoke"]:
                        turn["server_spoke"] = False
                        with self._lock:
                            self.round_trips += 1
                    if not is_client:
                        turn["server_spoke"] = True
                    sink.sendall(data)
                except OSError:
                    return

        threading.Thread(target=read, daemon=True).start()
        threading.Thread(target=write, daemon=True).start()

    def _note_queries(self, said: bytes) -> None:
        """Keeps the longest text of the simple protocol (PostgreSQL documentation, 55.7: `Q`, length, text)."""
        if len(said) < 8:
            return
        place = int.from_bytes(said[:4], "big")
        while place + 5 <= len(said):
            kind = said[place:place + 1]
            length = int.from_bytes(said[place + 1:place + 5], "big")
            if kind == b"Q" and length > len(self.largest_query):
                self.largest_query = said[place + 5:place + length]
            place += 1 + length
