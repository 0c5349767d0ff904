const date = new Date(Date.UTC(2024, 6, 1, 12));
console.log(String(date), Intl.DateTimeFormat().resolvedOptions().timeZone);
process.env.TZ = "America/New_York";
console.log(String(date), Intl.DateTimeFormat().resolvedOptions().timeZone);
