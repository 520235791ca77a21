// The clock: what time it is, who is at work, what waits for the morning, and the buttons that move it.
import { element } from '/sandbox/text.js';

const format = options => new Intl.DateTimeFormat('en-GB', { ...options, hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const full = format({ weekday: 'short', day: 'numeric', month: 'short' });
const short = format({ weekday: 'short' });
const hour = format({});

export const hourOf = at => hour.format(new Date(at));
export const dayOf = at => day(at);

// a local time carries its offset; what stands on the wall is the part before it
const wall = local => new Date(`${local.slice(0, 19)}Z`);
const day = date => new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date));
const messages = count => count === 1 ? '1 message' : `${count} messages`;
const wait = count => count === 1 ? 'waits' : 'wait';
const sum = (people, what) => people.reduce((total, person) => total + person[what], 0);

export async function clock(ask, seats) {
  const buttons = [...document.querySelectorAll('.moves button')];
  const mover = document.getElementById('mover');
  const shown = document.getElementById('now');
  const summary = document.getElementById('hours');
  let ahead = 0;
  let state;
  let asked;
  let moving = false;

  const now = () => new Date(Date.now() + ahead);
  const tick = () => { shown.replaceChildren(full.format(now()), element('span', { class: 'zone' }, ' UTC')); };

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
    const unfolded = mover.offsetParent !== null;
    await forward({ hours: +hours, businessDays: +businessDays, days: +days, to }).finally(() => { if (!unfolded) button.focus(); });
    if (unfolded) fold();
  }

  // on a narrow screen the buttons unfold below the time
  function unfold(open) {
    mover.parentElement.classList.toggle('unfolded', open);
    mover.setAttribute('aria-expanded', String(open));
  }

  function fold() {
    if (mover.getAttribute('aria-expanded') === 'false') return;
    unfold(false);
    mover.focus();
  }

  for (const button of buttons) button.addEventListener('click', () => move(button));
  mover.addEventListener('click', () => unfold(mover.getAttribute('aria-expanded') === 'false'));
  mover.parentElement.addEventListener('keydown', event => { if (event.key === 'Escape') fold(); });
  setInterval(tick, 1000);
  setInterval(look, 30_000);
  tell(await ask('clock'));
  return { now, forward, look, show };
}
