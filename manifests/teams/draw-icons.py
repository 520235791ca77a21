#!/usr/bin/env python3
"""Draws color.png and outline.png beside itself: a key whose bow is a speech bubble. Needs nothing but Python."""
import math
import pathlib
import struct
import zlib

HERE = pathlib.Path(__file__).parent
NAVY, TEAL, WHITE = (22, 50, 92), (19, 122, 127), (255, 255, 255)
SAMPLES = 4


def rounded(x, y, left, top, right, bottom, radius):
    """Signed distance to a rounded rectangle, negative within."""
    dx = abs(x - (left + right) / 2) - (right - left) / 2 + radius
    dy = abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius
    return math.hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - radius


def triangle(x, y, *corners):
    """Roughly signed distance to a triangle given clockwise on screen, negative within."""
    worst = -math.inf
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1]):
        worst = max(worst, ((by - ay) * (x - ax) - (bx - ax) * (y - ay)) / math.hypot(bx - ax, by - ay))
    return worst


def bubble(x, y):
    """The bow, on a canvas of 192: a speech bubble with its tail at the lower left."""
    body = rounded(x, y, 30, 52, 108, 116, 24)
    return min(body, triangle(x, y, (46, 104), (78, 110), (44, 142)))


def blade(x, y):
    """The shaft to the right and its two teeth."""
    return min(rounded(x, y, 100, 77, 164, 91, 5),
               rounded(x, y, 126, 80, 139, 110, 4),
               rounded(x, y, 150, 80, 164, 118, 4))


def dots(x, y):
    """What the bubble says."""
    return min(math.hypot(x - cx, y - 84) - 6.5 for cx in (49, 69, 89))


def color(x, y):
    t = (x + y) / 384
    ground = tuple(a + (b - a) * t for a, b in zip(NAVY, TEAL))
    key = min(bubble(x, y), blade(x, y)) <= 0 and dots(x, y) > 0
    return (*(WHITE if key else ground), 255)


def outline(x, y):
    """The same key for a canvas of 32, hollow bow, strokes of two pixels on the grid."""
    bow = rounded(x, y, 2, 6, 18, 20, 5)
    tail = triangle(x, y, (5, 19), (11.5, 19), (5, 26))
    shaft = min(rounded(x, y, 17, 12, 30, 14, .5),
                rounded(x, y, 22, 13, 24, 18, .5),
                rounded(x, y, 28, 13, 30, 20, .5))
    say = min(rounded(x, y, cx - 1, 12, cx + 1, 14, .6) for cx in (6, 10, 14))
    ink = -2 <= bow <= 0 or min(tail, shaft, say) <= 0
    return (*WHITE, 255 if ink else 0)


def png(path, size, paint, alpha):
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            points = [paint(column + (i + .5) / SAMPLES, row + (j + .5) / SAMPLES) for i in range(SAMPLES) for j in range(SAMPLES)]
            mean = [round(sum(p[c] for p in points) / len(points)) for c in range(4)]
            rows += bytes(mean if alpha else mean[:3])

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 6 if alpha else 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    png(HERE / "color.png", 192, color, alpha=False)
    png(HERE / "outline.png", 32, outline, alpha=True)
