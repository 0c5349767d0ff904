for (const moment of [0, 1_700_000_000_000, 1_720_000_000_000]) {
  const date = new Date(moment);
  console.log(date.toString(), date.getTimezoneOffset(), date.toLocaleString());
}
console.log(Intl.DateTimeFormat().resolvedOptions().timeZone, process.env.TZ, new Date(2024, 6, 1).toISOString());
