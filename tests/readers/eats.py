"""Takes all the memory there is."""


def parse(data: bytes, name: str, limits: object) -> None:
    kept = []
    while True:
        kept.append(bytearray(50_000_000))
