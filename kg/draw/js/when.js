// How sure, and when: a least confidence, and a span of time chosen on a histogram.

const BARS = { width: 200, height: 46 };

function startWhen() {
  $("filters").append(sureGroup());
  const undated = articles.some((article) => article.time < 0);
  if (times.length > 1 || (times.length && undated)) $("filters").append(whenGroup(undated));
}

function sureGroup() {
  const range = el("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": say("least") });
  const told = el("output", { className: "tally" });
  range.addEventListener("input", () => choose({ sure: Number(range.value) }));
  listeners.push(() => {
    range.value = state.sure;
    const text = state.sure ? say("at_least", { n: percent.format(state.sure / 100) }) : say("any");
    range.setAttribute("aria-valuetext", text);
    told.textContent = text;
  });
  return el("fieldset", { id: "sure" }, el("legend", {}, say("sure"), told), range);
}

function whenGroup(undated) {
  const picture = svg("svg", { class: "bars", viewBox: `0 0 ${BARS.width} ${BARS.height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const wide = BARS.width / times.length;
  const bars = times.map((_, i) => svg("rect", { x: i * wide + wide * 0.08, width: wide * 0.84 }));
  picture.append(...bars);
  const ends = ["since", "until"].map((name) => el("input", { type: "range", min: 0, max: times.length - 1, step: 1, "aria-label": say(name) }));
  const told = el("output", { className: "tally" });
  ends.forEach((input, side) => input.addEventListener("input", () => {
    const [from, to] = ends.map((end) => Number(end.value));
    // One end pushes the other along.
    takeSpan(side ? Math.min(from, to) : from, side ? to : Math.max(from, to));
  }));
  drag(picture);
  const group = el("fieldset", { id: "when" }, el("legend", {}, say("when"), told), picture, el("div", { className: "ends" }, ...ends));
  if (undated) group.append(undatedRow());
  listeners.push(() => {
    const [from, to] = spanNow();
    const most = Math.max(1, ...survey.counts.times);
    bars.forEach((bar, i) => {
      const tall = survey.counts.times[i] ? Math.max(2, (BARS.height * survey.counts.times[i]) / most) : 0;
      bar.setAttribute("height", tall);
      bar.setAttribute("y", BARS.height - tall);
      bar.setAttribute("class", i >= from && i <= to ? "in" : "out");
    });
    ends.forEach((input, side) => {
      input.value = side ? to : from;
      input.setAttribute("aria-valuetext", timeText(times[side ? to : from]));
    });
    told.textContent = from === to ? timeText(times[from]) : `${timeText(times[from])} – ${timeText(times[to])}`;
  });
  return group;
}

// The first and the last bar of the span; a span from elsewhere may lie outside.
function spanNow() {
  if (!state.span) return [0, times.length - 1];
  const [from, to] = state.span.map((end) => end.slice(0, times[0].length));
  const first = times.findIndex((time) => time >= from.slice(0, time.length));
  const last = times.findLastIndex((time) => time.slice(0, to.length) <= to);
  return [first < 0 ? times.length - 1 : first, Math.max(last, 0)];
}

function takeSpan(from, to) {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  choose({ span: first === 0 && last === times.length - 1 ? null : [times[first], times[last]] });
}

// Drawn over, the bars are a span; a click on one is a span of one.
function drag(picture) {
  const bar = (event) => {
    const { left, width } = picture.getBoundingClientRect();
    return Math.max(0, Math.min(times.length - 1, Math.floor(((event.clientX - left) / width) * times.length)));
  };
  let start = null;
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    start = bar(event);
    takeSpan(start, start);
  });
  picture.addEventListener("pointermove", (event) => start !== null && takeSpan(start, bar(event)));
  for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => (start = null));
}

function undatedRow() {
  const box = el("input", { type: "checkbox" });
  const number = el("span", { className: "tally" });
  box.addEventListener("change", () => choose({ undated: box.checked }));
  listeners.push(() => {
    box.checked = state.undated;
    number.textContent = survey.counts.undated[0].toLocaleString(lang);
  });
  return el("div", { className: "row" }, el("label", {}, box, el("span", { className: "name" }, say("without_date")), number));
}
