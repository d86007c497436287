"""The days of the demonstration's autumn, all of one year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEAR = 2024
"""The autumn after the day of the demonstration's data."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of one year's admission; what people do lies between them."""

    year: int = YEAR

    def at(self, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment in Shanghai."""
        return datetime(self.year, month, day, hour, minute, tzinfo=SHANGHAI)

    def days(self) -> dict[str, datetime | date]:
        """The days of an admission, as its row keeps them."""
        return {
            "announce_by": self.at(6, 30, 18),
            "opens_at": self.at(8, 1, 8),
            "closes_at": self.at(8, 8, 18),
            "checked_by": self.at(8, 12, 18),
            "draw_at": self.at(8, 15),
            "release_at": self.at(8, 17),
            "reply_by": self.at(8, 24, 18),
            "appeal_by": self.at(8, 24, 18),
            "starts_on": date(self.year, 9, 1),
        }

    @property
    def planned(self) -> datetime:
        return self.at(6, 20)

    @property
    def sent(self) -> datetime:
        return self.at(8, 3, 10)

    @property
    def checked(self) -> datetime:
        return self.at(8, 11)

    @property
    def closed(self) -> datetime:
        return self.at(8, 13)

    @property
    def value_due(self) -> datetime:
        return self.at(8, 15, 21, 30)

    @property
    def drawn(self) -> datetime:
        return self.at(8, 16)

    @property
    def released(self) -> datetime:
        return self.at(8, 17)

    @property
    def replied(self) -> datetime:
        return self.at(8, 20)

    @property
    def again(self) -> datetime:
        return self.at(8, 23)

    @property
    def handed(self) -> datetime:
        return self.at(8, 25)

    @property
    def came(self) -> datetime:
        return self.at(9, 2) + timedelta(hours=8)
