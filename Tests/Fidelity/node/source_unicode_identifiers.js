const größe = 5, 世界 = "monde", $_ = "\u{1F30D}";
console.log(größe, 世界, $_, [...$_].length, "\x41\u0042\103".length);
console.log("e\u0301".normalize("NFC").length, "ﬁ".normalize("NFKC"), "İ".toLowerCase().length, "ß".toUpperCase());
