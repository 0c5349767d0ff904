process.exit(256 + 17);
