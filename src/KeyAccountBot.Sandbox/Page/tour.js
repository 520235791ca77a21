// The guided tours: a story each, played at the page as a person there would play it. It writes, fills cards in, presses, moves the clock.
import { element } from '/sandbox/text.js';
import { button, fill } from '/sandbox/hands.js';

const patience = 20_000;
const quick = matchMedia('(prefers-reduced-motion: reduce)');

// the page offers: openers that name their story, seatOf(person, app), say(seat, text), playing(isPlaying), forward(by), now()
export function tour(page) {
  const title = element('h2', {});
  const tells = element('p', {});
  const count = element('span', { class: 'count' });
  const trouble = element('p', { class: 'trouble', role: 'alert' });
  const next = element('button', { type: 'button', class: 'primary', onclick: () => run() }, 'Next');
  const leaver = element('button', { type: 'button', onclick: () => leave() }, 'Leave the tour');
  const bar = element('section', { class: 'tour', 'aria-label': 'Tour', hidden: true, onkeydown: event => { if (event.key === 'Escape') leave(); } },
    element('div', { class: 'tells', 'aria-live': 'polite' }, title, tells), trouble,
    element('div', { class: 'actions' }, count, next, leaver));
  document.getElementById('panes').after(bar);
  for (const button of page.openers) {
    button.addEventListener('click', () => open(button));
    button.disabled = false;
  }

  // counts up whenever a tour is opened or left: what still plays then knows that it is over
  let round = 0;
  let opener;
  let story;
  let told;
  let playing = false;

  async function open(by) {
    const mine = ++round;
    const opened = await (await fetch(`/sandbox/${by.dataset.story}`)).json();
    if (round !== mine) return;
    [opener, story] = [by, opened];
    told = 0;
    tell(story);
    next.hidden = false;
    bar.hidden = false;
    next.focus();
  }

  function leave() {
    round++;
    bar.hidden = true;
    opener.focus();
  }

  function tell(part) {
    title.textContent = part.title;
    tells.textContent = part.tells;
    trouble.textContent = '';
    state(false);
  }

  function state(isPlaying) {
    playing = isPlaying;
    count.textContent = `${told} of ${story.chapters.length}${isPlaying ? ' · playing' : ''}`;
    // not disabled, which would take the focus away
    next.setAttribute('aria-disabled', String(isPlaying));
  }

  async function run() {
    if (playing) return;
    const mine = round;
    const chapter = story.chapters[told++];
    tell(chapter);
    state(true);
    page.playing(true);
    try {
      for (const step of chapter.steps) {
        await play(page, step);
        await rest(600);
        if (round !== mine) return;
      }
    } catch (error) {
      if (round !== mine) return;
      trouble.textContent = `${error.message} The tour goes on only where it was not played before: start the service with an empty store.`;
      next.hidden = true;
      leaver.focus();
    } finally {
      page.playing(false);
      if (round === mine) state(false);
      else playing = false;
    }
    if (told === story.chapters.length) {
      next.hidden = true;
      leaver.focus();
    }
  }
}

// what stood in a chat when its person last did something
const marks = new Map();
const mark = seat => marks.set(seat.chat, new Map(seat.chat.lines));

async function play(page, step) {
  if (step.clock) return page.forward({ hours: hoursTo(step.clock, page.now()) });
  const seat = page.seatOf(step.who, step.app);
  if (step.says) {
    mark(seat);
    await page.say(seat, step.says);
  } else if (step.presses) {
    await press(seat, step.presses, article => holds(article, step.on), page.now(), step.with);
    if (step.then) await press(seat, step.then, article => isNew(seat, article), page.now());
  }
  for (const words of [step.sees ?? []].flat()) {
    await find(() => articles(seat).some(article => isNew(seat, article) && holds(article, words)), `“${words}” did not come.`);
  }
  if (step.notYet && articles(seat).some(article => isNew(seat, article) && holds(article, step.notYet))) throw new Error(`“${step.notYet}” came too early.`);
}

async function press(seat, title, on, now, inputs = {}) {
  const target = await find(() => articles(seat).filter(on).map(article => button(article, title)).findLast(Boolean), `There is no button “${title}”.`);
  for (const input of fill(target.closest('form'), inputs, now)) {
    input.scrollIntoView({ block: 'nearest' });
    await rest(150);
  }
  target.scrollIntoView({ block: 'nearest' });
  await rest(400);
  mark(seat);
  target.click();
}

const articles = seat => [...seat.log.querySelectorAll('article.bot')];
const holds = (article, words) => article.textContent.toLowerCase().includes(words.toLowerCase());
const isNew = (seat, article) => marks.get(seat.chat)?.get(article.dataset.id) !== seat.chat.lines.get(article.dataset.id);

// to the next such hour of such a day; none where it is that hour
function hoursTo(clock, now) {
  const [day, hour] = clock.split(' ');
  const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const hours = (days.indexOf(day) - now.getUTCDay()) * 24 + parseInt(hour, 10) - now.getUTCHours();
  return (hours + 7 * 24) % (7 * 24);
}

async function find(search, fault) {
  for (const until = Date.now() + patience; Date.now() < until;) {
    const found = search();
    if (found) return found;
    await new Promise(resolve => { setTimeout(resolve, 30); });
  }
  throw new Error(fault);
}

const rest = milliseconds => quick.matches ? undefined : new Promise(resolve => { setTimeout(resolve, milliseconds); });
