import datetime
import time

print(time.tzname, time.timezone, time.altzone, time.daylight)
print(time.localtime(1_700_000_000)[:6], datetime.datetime.fromtimestamp(1_700_000_000).astimezone())
print(time.strftime("%H:%M %Z %z", time.localtime(1_690_000_000)))
