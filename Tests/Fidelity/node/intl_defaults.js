const { locale, timeZone, calendar, numberingSystem } = Intl.DateTimeFormat().resolvedOptions();
console.log(locale, timeZone, calendar, numberingSystem, new Intl.NumberFormat().resolvedOptions().locale, new Intl.Collator().resolvedOptions().locale);
const day = new Date(Date.UTC(2024, 1, 29, 15, 4, 5));
console.log(day.toString(), "|", day.toLocaleString(), "|", day.toLocaleDateString(), "|", day.toLocaleTimeString(), "|", day.getTimezoneOffset());
console.log((1234567.891).toLocaleString(), "ı".toLocaleUpperCase(), ["b", "a", "C", "ä"].sort((a, b) => a.localeCompare(b)), navigator.language, navigator.languages);
