import datetime
import time

for moment in (0, 1_700_000_000, 1_720_000_000):
    print(time.localtime(moment), datetime.datetime.fromtimestamp(moment).astimezone())
    print(time.strftime("%H:%M %Z %z", time.localtime(moment)), time.ctime(moment))
print(time.tzname, time.timezone, time.altzone, time.daylight, time.mktime((2024, 7, 1, 0, 0, 0, 0, 0, -1)))
