// What stands for rows and columns: the kinds, and the finer classes among them.
const groups = [
  ...kinds.map((kind, k) => ({ name: kind.name, label: kind.label, holds: (e) => classes[e.cls].kind === k })),
  ...classes
    .map((cls, c) => ({ name: cls.name, label: cls.label, holds: (e) => e.cls === c }))
    .filter((group) => !kinds.some((kind) => kind.name === group.name)),
].map((group) => ({ ...group, members: new Set(entities.filter(group.holds).map((e) => e.id)) }));

// At first the two kinds that are tied most.
function busiest() {
  const sums = new Map();
  for (const fact of facts.filter((f) => f.object !== null)) {
    const ends = [fact.subject, fact.object].map((end) => classes[entities[end].cls].kind).sort((a, b) => a - b);
    sums.set(ends.join(" "), (sums.get(ends.join(" ")) ?? 0) + fact.claims.length);
  }
  const best = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
  return best ? best[0].split(" ").map(Number) : [0, 0];
}

const atFirst = busiest();
