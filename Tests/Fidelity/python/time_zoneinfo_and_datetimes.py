import calendar
import datetime
import zoneinfo

moment = datetime.datetime(2024, 3, 31, 1, 30, tzinfo=zoneinfo.ZoneInfo("UTC"))
for name in ("Europe/Berlin", "America/New_York", "Asia/Kolkata"):
    print(moment.astimezone(zoneinfo.ZoneInfo(name)).isoformat())
print(len(zoneinfo.available_timezones()) > 100, calendar.monthrange(2024, 2), datetime.date(2024, 2, 29).strftime("%A %j"))
print(datetime.datetime.strptime("2024-01-02", "%Y-%m-%d"), datetime.timedelta(days=1.5), moment.timestamp())
