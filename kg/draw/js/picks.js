// Filters of which the reader picks some of many: communities, publishers, articles.

const PICKS_AT_FIRST = 8;
const PICKS_MORE = 40;

function startPicks() {
  const options = {
    communities: communities.map((members, id) => ({ id, label: communityName(members), note: tally("node", members.length) })),
    publishers: publishers.map((label, id) => ({ id, label })),
    articles: articles.map(({ id, title, date }) => ({ id, label: title || say("untitled"), note: date && dayText(date) })),
  };
  for (const [name, list] of Object.entries(options)) {
    if (list.length > 1) $("filters").append(new PickList(name, list).element);
  }
}

class PickList {
  constructor(name, options) {
    this.name = name;
    const often = survey.counts[name];
    this.options = options.sort((a, b) => often[b.id] - often[a.id] || collator.compare(a.label, b.label));
    this.rows = new Map();
    this.limit = PICKS_AT_FIRST;
    this.list = el("div", { className: "picks" });
    this.clear = el("button", { type: "button", className: "all" }, say("pick_all"));
    this.clear.addEventListener("click", () => this.pick(new Set()));
    this.narrow = el("input", { type: "search", className: "narrow", placeholder: say("narrow"), "aria-label": `${say(name)}: ${say("narrow")}` });
    this.narrow.addEventListener("input", () => this.fill());
    this.narrow.hidden = options.length <= PICKS_AT_FIRST;
    this.element = el("fieldset", { id: name }, el("legend", {}, say(name), this.clear), this.narrow, this.list);
    this.fill();
    listeners.push(() => this.show());
  }

  get picked() {
    return state.picked[this.name];
  }

  pick(wanted) {
    choose({ picked: { ...state.picked, [this.name]: wanted } });
  }

  // The picked ones first, for they may stand far below.
  fill() {
    const query = plain(this.narrow.value.trim());
    const fitting = this.options.filter(({ label }) => plain(label).includes(query));
    const first = fitting.filter(({ id }) => this.picked.has(id));
    const rest = fitting.filter(({ id }) => !this.picked.has(id));
    const shown = [...first, ...rest.slice(0, this.limit)];
    this.list.replaceChildren(...shown.map((option) => this.row(option)));
    const left = rest.length - this.limit;
    if (left > 0) {
      const more = el("button", { type: "button", className: "plain" }, say("more", { n: Math.min(left, PICKS_MORE) }));
      more.addEventListener("click", () => {
        this.limit += PICKS_MORE;
        this.fill();
        this.list.children[first.length + this.limit - PICKS_MORE]?.querySelector("input").focus();
      });
      this.list.append(more);
    }
    if (!shown.length) this.list.append(el("p", { className: "nothing" }, say("nothing")));
    this.show();
  }

  row({ id, label, note }) {
    if (!this.rows.has(id)) {
      const box = el("input", { type: "checkbox" });
      box.addEventListener("change", () => {
        const wanted = new Set(this.picked);
        if (box.checked) wanted.add(id);
        else wanted.delete(id);
        this.pick(wanted);
      });
      const number = el("span", { className: "tally" });
      const name = el("span", { className: "name", title: label }, label, note ? el("small", {}, note) : null);
      this.rows.set(id, { box, number, row: el("div", { className: "row" }, el("label", {}, box, name, number)) });
    }
    return this.rows.get(id).row;
  }

  show() {
    for (const [id, { box, number, row }] of this.rows) {
      box.checked = this.picked.has(id);
      number.textContent = survey.counts[this.name][id].toLocaleString(lang);
      row.classList.toggle("off", this.picked.size > 0 && !box.checked);
    }
    this.clear.hidden = !this.picked.size;
  }
}
