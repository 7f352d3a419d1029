// The months or years in which the articles were published.

const MOST_MONTHS = 60;

// Every month from the first to the last, so that a gap is seen as one.
function everyMonth(from, to) {
  const found = [];
  let [year, month] = from.split("-").map(Number);
  for (let now = from; now <= to && found.length < 1200; ) {
    found.push(now);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    now = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
  }
  return found;
}

function allTimes() {
  const dates = articles.map((article) => article.date).filter((date) => /^\d{4}-\d\d/.test(date)).sort();
  if (!dates.length) return [];
  const all = everyMonth(dates[0].slice(0, 7), dates.at(-1).slice(0, 7));
  return all.length <= MOST_MONTHS ? all : [...new Set(all.map((month) => month.slice(0, 4)))];
}

const times = allTimes();
for (const article of articles) {
  article.time = times.length ? times.indexOf(article.date.slice(0, times[0].length)) : -1;
  article.house = publishers.indexOf(article.publisher);
}

function inSpan({ date, time }) {
  if (time < 0) return state.undated;
  if (!state.span) return true;
  const [from, to] = state.span;
  return date.slice(0, from.length) >= from && date.slice(0, to.length) <= to;
}

function timeText(time) {
  if (time.length === 4) return time;
  const format = { month: "short", year: "numeric", timeZone: "UTC" };
  return new Date(time).toLocaleDateString(lang, format).replace(/ г\.$/, "").replaceAll(" ", "\u00a0");
}
