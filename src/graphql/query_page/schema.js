// The schema browser: reads the schema by introspection, shows types, fields, arguments and what is said about them, and
// searches. All text goes into the page as text nodes, never as markup.
"use strict";

const INTROSPECTION = `query Introspection {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types {
      kind name description
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason type { ...Reference }
        args { name description defaultValue type { ...Reference } }
      }
      inputFields { name description defaultValue type { ...Reference } }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      interfaces { name }
      possibleTypes { name }
    }
  }
}
fragment Reference on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

const MOST_HITS = 100;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key === "click") made.addEventListener("click", value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

class SchemaBrowser {
  constructor(body, trail, search) {
    this.body = body;
    this.trail = trail;
    this.search = search;
    this.types = new Map();
    this.way = [];
    search.addEventListener("input", () => this.find(search.value.trim()));
  }

  async load(ask) {
    const answer = await ask(INTROSPECTION);
    if (!answer.data) {
      const reason = answer.errors?.[0]?.message ?? "The hub gave no schema.";
      this.body.replaceChildren(element("p", {}, reason));
      return;
    }
    const schema = answer.data.__schema;
    for (const type of schema.types) this.types.set(type.name, type);
    this.roots = [schema.queryType, schema.mutationType, schema.subscriptionType].filter(Boolean).map((root) => root.name);
    this.overview();
  }

  overview() {
    this.way = [];
    this.drawTrail();
    const names = [...this.types.keys()].filter((name) => !name.startsWith("__") && !this.roots.includes(name)).sort();
    this.body.replaceChildren(
      element("h3", {}, "Where to begin"),
      element("ul", {}, ...this.roots.map((name) => this.typeItem(name))),
      element("h3", {}, "All types"),
      element("ul", {}, ...names.map((name) => this.typeItem(name))),
    );
  }

  typeItem(name) {
    return element("li", {}, this.link(name), this.said(this.types.get(name)));
  }

  link(name, words) {
    return element("button", { type: "button", class: "type", click: () => this.open(name) }, words ?? name);
  }

  said(thing) {
    const old = thing?.isDeprecated ? `Deprecated: ${thing.deprecationReason ?? "no reason given"}. ` : "";
    const text = old + (thing?.description ?? "");
    return text ? element("p", {}, text) : null;
  }

  reference(type) {
    if (type.kind === "NON_NULL") return [...this.reference(type.ofType), "!"];
    if (type.kind === "LIST") return ["[", ...this.reference(type.ofType), "]"];
    return [this.link(type.name)];
  }

  open(name) {
    this.way = [...this.way.filter((step) => step !== name), name];
    this.drawTrail();
    const type = this.types.get(name);
    const members = [...(type.fields ?? []), ...(type.inputFields ?? [])];
    const parts = [element("h3", {}, name), this.said(type)];
    if (members.length) parts.push(element("ul", {}, ...members.map((member) => this.member(member))));
    if (type.enumValues?.length) {
      parts.push(element("ul", {}, ...type.enumValues.map((value) => element("li", {}, element("code", {}, value.name), this.said(value)))));
    }
    parts.push(this.related("Implements", type.interfaces), this.related("Can be", type.possibleTypes));
    this.body.replaceChildren(...parts.filter(Boolean));
    this.body.focus({ preventScroll: true });
    this.body.scrollTop = 0;
  }

  related(words, types) {
    if (!types?.length) return null;
    return element("p", {}, `${words}: `, ...types.flatMap((type, place) => [place ? ", " : "", this.link(type.name)]));
  }

  member(member) {
    const name = element("code", member.isDeprecated ? { class: "old" } : {}, member.name);
    const preset = member.defaultValue ? ` = ${member.defaultValue}` : "";
    const list = member.args?.length
      ? element("ul", { class: "arguments", "aria-label": `Arguments of ${member.name}` }, ...member.args.map((argument) => this.member(argument)))
      : null;
    return element("li", {}, name, ": ", ...this.reference(member.type), preset, this.said(member), list);
  }

  drawTrail() {
    const steps = [element("button", { type: "button", class: "step", click: () => this.overview() }, "Schema")];
    for (const name of this.way.slice(-4)) steps.push("›", element("button", { type: "button", class: "step", click: () => this.open(name) }, name));
    this.trail.replaceChildren(...steps);
  }

  find(text) {
    if (!text) return this.overview();
    const wanted = text.toLowerCase();
    const hits = [];
    for (const type of this.types.values()) {
      if (type.name.startsWith("__")) continue;
      if (type.name.toLowerCase().includes(wanted)) hits.push(this.typeItem(type.name));
      for (const member of [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])]) {
        if (member.name.toLowerCase().includes(wanted)) hits.push(element("li", {}, this.link(type.name, `${type.name}.${member.name}`), this.said(member)));
      }
    }
    const words = hits.length ? `${hits.length} found${hits.length > MOST_HITS ? `, the first ${MOST_HITS} shown` : ""}` : "Nothing found; try a part of the name.";
    this.body.replaceChildren(element("p", { role: "status" }, words), element("ul", {}, ...hits.slice(0, MOST_HITS)));
  }
}
