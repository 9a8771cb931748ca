// Makes data/countries.json: names of the countries of ISO 3166-1 in the six languages of the United Nations and their
// collated order. Names and collation are those of Unicode CLDR as Node carries it (Intl.DisplayNames, Intl.Collator);
// where the United Nations names a State otherwise, the table below counts. Run by hand: node data/make-countries.mjs
import { readFileSync, writeFileSync } from "node:fs";

const languages = ["ar", "zh", "en", "fr", "ru", "es"];
const codes = readFileSync(new URL("iso-3166-1.txt", import.meta.url), "utf8").split(/\s+/).filter((code) => /^[A-Z]{2}$/.test(code));
// code | ar | zh | en | fr | ru | es; an empty field leaves CLDR's name
const usage = new Map(
  readFileSync(new URL("un-country-names.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line.trim() && !line.startsWith("#"))
    .map((line) => line.split("|").map((field) => field.trim()))
    .map(([code, ...names]) => [code, Object.fromEntries(languages.map((language, i) => [language, names[i]]))]),
);

const display = Object.fromEntries(languages.map((language) => [language, new Intl.DisplayNames([language], { type: "region", fallback: "none" })]));
// CLDR shortens words for menus ("St.", "&", "о-в") and sets typographic apostrophes; records and the UN write them out
const spelled = (name) => {
  const full = name.normalize("NFC").replaceAll("’", "'").replaceAll(" & ", " and ").replace(/^St\. /, "Saint ").replaceAll("о-ва", "острова").replaceAll("о-в", "остров");
  return full.charAt(0).toUpperCase() + full.slice(1);
};
const countries = codes.sort().map((code) => ({
  code,
  name: Object.fromEntries(languages.map((language) => [language, usage.get(code)?.[language] || spelled(display[language].of(code))])),
}));
for (const code of usage.keys()) if (!codes.includes(code)) throw new Error(`${code} is no country`);

const order = Object.fromEntries(
  languages.map((language) => {
    const { compare } = new Intl.Collator(language);
    const sorted = [...countries].sort((a, b) => compare(a.name[language], b.name[language]) || (a.code < b.code ? -1 : 1));
    return [language, sorted.map((country) => country.code)];
  }),
);

const lines = [
  `{"source": "Unicode CLDR (ICU ${process.versions.icu}); United Nations usage where it differs",`,
  `"order": {`,
  languages.map((language) => `${JSON.stringify(language)}: ${JSON.stringify(order[language])}`).join(",\n"),
  `},`,
  `"countries": [`,
  countries.map((country) => JSON.stringify(country)).join(",\n"),
  `]}`,
];
writeFileSync(new URL("countries.json", import.meta.url), lines.join("\n") + "\n");
