const date = new Date(2024, 6, 1, 12, 30);
console.log(String(date), date.toISOString(), date.getTimezoneOffset(), Date.parse("2024-07-01T12:30"), process.env.TZ);
console.log(new Date("2024-03-31T02:30:00").getTime(), new Date(8.64e15 + 1).getTime(), new Date(2024, 0, 31).setMonth(1), Date.UTC(99, 0));
