// SPDX-License-Identifier: MPL-2.0
// Measures docxtemplater on the letter that letter_bench makes; one JSON object on standard output.
// node docxtemplater_bench.js MODULES TEMPLATE.docx DATA.json --out FOLDER [--count N]
//   [--repeats N, of a letter with a long loop]
"use strict";

const fs = require("fs");
const path = require("path");

const options = { out: ".", count: 100 };
const given = [];
for (let i = 2; i < process.argv.length; ++i) {
  if (process.argv[i].startsWith("--")) options[process.argv[i].slice(2)] = process.argv[++i];
  else given.push(process.argv[i]);
}
const [modules, template, dataFile] = given;

function now() {
  const cpu = process.cpuUsage();
  return { wall: Number(process.hrtime.bigint()) / 1e6, cpu: (cpu.user + cpu.system) / 1e3 };
}
function ms(begin, end, count = 1) {
  return { wall_ms: (end.wall - begin.wall) / count, cpu_ms: (end.cpu - begin.cpu) / count };
}

const started = now();
const load = (name) => require(require.resolve(name, { paths: [path.resolve(modules)] }));
const Docxtemplater = load("docxtemplater");
const PizZip = load("pizzip");
const imported = now();

// --- What the template calls ---

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];
const VOICES = {
  we: { we: "we", us: "us", our: "our", have: "have", am: "are" },
  I: { we: "I", us: "me", our: "my", have: "have", am: "am" },
};
const functions = {
  truth: (value) => Boolean(Array.isArray(value) ? value.length : value),
  and_list(items, serial) {
    if (items.length < 3) return items.join(" and ");
    return items.slice(0, -1).join(", ") + (serial ? ", and " : " and ") + items[items.length - 1];
  },
  date(text, pattern) {
    if (pattern !== "MMMM d, yyyy") throw new Error("no such date: " + pattern);
    const [year, month, day] = text.split("-").map(Number);
    return `${MONTHS[month - 1]} ${day}, ${year}`;
  },
  punctuate(loop, between, beforeLast, atEnd, two) {
    if (loop.index === loop.length) return atEnd;
    if (loop.length === 2 && two !== undefined) return two;
    return loop.index + 1 === loop.length ? beforeLast : between;
  },
  upper_first: (text) => text.charAt(0).toUpperCase() + text.slice(1),
  a_an: (text) => (/^[aeio]/i.test(text) ? "an " : "a ") + text,
  nbsp: (text) => text.replaceAll(" ", "\u00a0"),
  plural: (items, one, many) => (items.length === 1 ? one : many),
  replace: (text, old, now) => text.replaceAll(old, now),
  stop: (text) => (text.endsWith(".") ? text : text + "."),
};

// Each expression is compiled once; a scope sees the one around it through its prototype.
const compiled = new Map();
function parser(tag) {
  let run = compiled.get(tag);
  if (run === undefined) {
    const source = tag.replace(/[\u2018\u2019]/g, "'");
    run = new Function("scope", `with (scope) { return (${source}); }`);
    compiled.set(tag, run);
  }
  return {
    get(scope) {
      const own = Object.create(scope);
      own.passes = (name, items) => items.map((item, i) => {
        const pass = Object.create(scope);
        pass[name] = item;
        pass.loop = { index: i + 1, length: items.length, first: i === 0,
          last: i + 1 === items.length };
        return pass;
      });
      return run(own);
    },
  };
}

// --- Letters ---

const bytes = fs.readFileSync(template);
const deal = JSON.parse(fs.readFileSync(dataFile, "utf8"));
for (const party of deal.pooling.parties) {
  party.description ??= null;
  party.short ??= null;
}
const base = Object.assign(Object.create(functions), deal, { voice: VOICES[deal.voice] });

/// docxtemplater reads its template for every letter: an instance renders once.
function write(values, name) {
  const letter = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, parser });
  letter.render(values);
  fs.writeFileSync(path.join(options.out, name),
    letter.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }));
}
function numbered(n) {
  const values = Object.assign(Object.create(functions), base);
  values.registration = { ...base.registration, file_number: "333-" + (100000 + n) };
  return values;
}

const result = { import: ms(started, imported) };
if (options.repeats) {
  const times = [];
  for (let i = 0; i < options.repeats; ++i) {
    const begin = now();
    write(base, "loop.docx");
    times.push(ms(begin, now()));
  }
  times.sort((a, b) => a.wall_ms - b.wall_ms);
  result.letter = times[Math.floor(times.length / 2)];
} else {
  for (let n = 0; n < 10; ++n) write(numbered(n), n + ".docx");
  const begin = now();
  for (let n = 0; n < options.count; ++n) write(numbered(n), n + ".docx");
  const end = now();
  result.letter = ms(begin, end, options.count);
  result.letters_per_s = 1e3 / result.letter.wall_ms;
  result.letters_per_cpu_s = 1e3 / result.letter.cpu_ms;
}
const status = fs.readFileSync("/proc/self/status", "utf8");
result.peak_mb = Number(/^VmHWM:\s*(\d+)/m.exec(status)[1]) / 1024;
console.log(JSON.stringify(result));
