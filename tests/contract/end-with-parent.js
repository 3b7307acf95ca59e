// Loaded before Prism: ends it when its standard input ends, so that it never outlives the program that started it.
process.stdin.on("end", () => process.exit()).resume();
