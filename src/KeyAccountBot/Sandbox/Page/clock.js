// The clock: what time it is, who is at work, what waits for the morning, and the buttons that move it.

const format = options => new Intl.DateTimeFormat('en-GB', { ...options, hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const full = format({ weekday: 'short', day: 'numeric', month: 'short' });
const short = format({ weekday: 'short' });
const hour = format({});

export const clockTime = at => full.format(new Date(at));

// a local time carries its offset; what stands on the wall is the part before it
const wall = local => new Date(`${local.slice(0, 19)}Z`);
const day = date => new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date));
const messages = count => count === 1 ? '1 message' : `${count} messages`;
const wait = count => count === 1 ? 'waits' : 'wait';
const sum = (people, what) => people.reduce((total, person) => total + person[what], 0);

export async function clock(ask, seats) {
  const buttons = [...document.querySelectorAll('.clock button')];
  const shown = document.getElementById('now');
  const summary = document.getElementById('hours');
  let ahead = 0;
  let state;
  let asked;
  let moving = false;

  const now = () => new Date(Date.now() + ahead);
  const tick = () => { shown.textContent = `${clockTime(now())} UTC`; };

  function tell(answer) {
    state = answer;
    ahead = Date.parse(answer.now) - Date.now();
    tick();
    for (const button of buttons) {
      button.disabled = moving || !answer.moves;
      button.title = answer.moves ? '' : 'A storage account keeps its own time; the clock moves on the embedded store only.';
    }
    show();
  }

  // who can be told something now, at each chat and for all of us
  function show() {
    if (!state) return;
    for (const seat of seats) {
      const person = state.people.find(p => p.id === seat.person?.id);
      seat.hours.textContent = person ? words(person) : '';
      seat.hours.classList.toggle('quiet', Boolean(person && (person.backAt || person.awayUntil)));
    }
    const [off, waiting, digest] = [state.people.filter(p => p.backAt), sum(state.people, 'waiting'), sum(state.people, 'inDigest')];
    summary.textContent = [
      off.length === 0 ? 'Working hours' : off.length === state.people.length ? 'Quiet hours' : `Quiet hours for ${off.length} of ${state.people.length}`,
      ...(waiting ? [`${messages(waiting)} ${wait(waiting)} for the morning`] : []),
      ...(digest ? [`${messages(digest)} ${wait(digest)} for the digest at ${state.digestAt}`] : []),
    ].join(' · ');
    summary.classList.toggle('quiet', off.length > 0);
  }

  function words(person) {
    const local = hour.format(wall(person.local));
    const standIn = person.standIn ? `${person.standIn} stands in` : 'nobody stands in';
    return [
      person.awayUntil ? `Away until ${day(person.awayUntil)}, ${standIn}`
        : person.backAt ? `${local}, quiet until ${short.format(wall(person.backAt))}`
        : `${local}, at work`,
      ...(person.waiting ? [`${messages(person.waiting)} ${wait(person.waiting)}`] : []),
      ...(person.inDigest ? [`${person.inDigest} in the digest at ${state.digestAt}`] : []),
    ].join(' · ');
  }

  // once for everything that happens at nearly the same time
  function look() {
    clearTimeout(asked);
    asked = setTimeout(async () => { if (!moving) tell(await ask('clock')); }, 200);
  }

  async function forward(by) {
    moving = true;
    buttons.forEach(b => { b.disabled = true; });
    try {
      state = await ask('clock', by);
    } finally {
      moving = false;
      tell(state);
    }
  }

  async function move(button) {
    const { hours = 0, businessDays = 0, days = 0, to } = button.dataset;
    await forward({ hours: +hours, businessDays: +businessDays, days: +days, to }).finally(() => button.focus());
  }

  for (const button of buttons) button.addEventListener('click', () => move(button));
  setInterval(tick, 1000);
  setInterval(look, 30_000);
  tell(await ask('clock'));
  return { now, forward, look, show };
}
