import datetime
import os
import time

print(time.tzname, time.timezone, time.daylight, time.localtime(0), "TZ" in os.environ)
print(datetime.datetime.fromtimestamp(0).isoformat(), datetime.datetime.now().astimezone().tzname())
print(time.strftime("%Y-%m-%d %H:%M:%S %Z", time.gmtime(1e9)), time.ctime(0), time.mktime((2001, 2, 3, 4, 5, 6, 0, 0, 0)))
os.environ["TZ"] = "Asia/Tokyo"
time.tzset()
print(time.tzname, time.localtime(0).tm_hour)
