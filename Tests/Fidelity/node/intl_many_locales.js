const day = new Date(Date.UTC(2024, 1, 29, 15, 4, 5));
for (const locale of ["en-US", "de-DE", "ar-EG", "ja-JP", "hi-IN", "th-TH", "fa-IR"])
  console.log(locale, new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", timeZone: "Europe/Zurich" }).format(day), new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" }).format(-1234.5));
console.log(new Intl.RelativeTimeFormat("fr").format(-3, "day"), new Intl.ListFormat("en").format(["a", "b", "c"]), new Intl.PluralRules("pl").select(3), new Intl.DisplayNames("de", { type: "region" }).of("CH"));
console.log(["z", "ä", "a", "Z"].sort(new Intl.Collator("sv").compare), [...new Intl.Segmenter("ja", { granularity: "word" }).segment("今日は良い天気")].map((s) => s.segment));
console.log(new Intl.DateTimeFormat("en", { timeZone: "America/New_York", timeZoneName: "long" }).format(day), Intl.supportedValuesOf("timeZone").length, new Intl.DurationFormat("en").format({ hours: 1, minutes: 2 }));
console.log(new Intl.NumberFormat("en", { notation: "compact" }).format(12345678), "I".toLocaleLowerCase("tr"), new Intl.Locale("zh").maximize().toString());
