// The page: a rep's Teams chat, the manager's Slack and the director's channel side by side, and the clock.
import { element, markdown, mrkdwn } from '/sandbox/text.js';
import { card } from '/sandbox/card.js';
import { blocks } from '/sandbox/blocks.js';
import { tour } from '/sandbox/tour.js';

const seats = [
  { title: 'Rep', roles: ['Rep'], prefer: 'ravi-patel', says: ['check in Nordwind Dairies', 'my opportunities', 'status Castell Brewery', 'help'], empty: 'Say something, or press one of the sentences below.' },
  { title: 'Manager', roles: ['Manager'], prefer: 'maria-santos', says: [], empty: 'Nothing yet. A nudge comes two business days after a reminder that the rep did not answer.' },
  { title: 'Director and above', roles: ['Director', 'Executive', 'Administrator'], prefer: 'dieter-vogel', says: [], empty: 'Nothing yet. An alert comes when an opportunity is still stuck two business days after the nudge.' },
];
const stranger = { id: 'new-user', name: 'A new user', role: 'Rep', hearsIn: 'teams', known: true };
const chats = new Map();
let now = Date.now();

const problem = document.getElementById('problem');

async function ask(path, body) {
  const response = await fetch(`/sandbox/${path}`, body === undefined ? {} : {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!response.ok) {
    const said = await response.json().catch(() => ({}));
    problem.textContent = said.detail ?? said.title ?? `The service answered ${response.status}.`;
    problem.hidden = false;
    throw new Error(problem.textContent);
  }
  problem.hidden = true;
  return response.status === 204 ? null : response.json();
}

// a chat is one person in one app; it exists from its first line, whether somebody looks at it or not
function chatOf(app, person) {
  const key = `${app}|${person}`;
  if (!chats.has(key)) chats.set(key, { app, person, lines: new Map(), unread: 0 });
  return chats.get(key);
}

function put(line) {
  const chat = chatOf(line.app, line.person);
  const isNew = !chat.lines.has(line.id);
  if (line.removed) chat.lines.delete(line.id);
  else chat.lines.set(line.id, line);
  const seat = seats.find(s => s.chat === chat);
  if (seat) show(seat, line, isNew);
  else if (isNew && line.fromBot) chat.unread++;
  seats.forEach(label);
}

function show(seat, line, isNew) {
  const node = bubble(seat.chat, line);
  seat.log.querySelector('.empty')?.remove();
  const old = seat.log.querySelector(`[data-id="${CSS.escape(line.id)}"]`);
  if (old) old.replaceWith(node);
  else seat.log.append(node);
  // buttons under a message are for the last one only
  const suggestions = isNew ? suggested(seat, line) : null;
  if (isNew) seat.suggestions.replaceChildren(...(suggestions ?? []));
  seat.log.scrollTop = seat.log.scrollHeight;
  if (isNew && line.fromBot && !seat.pane.classList.contains('current')) seat.tab.classList.add('news');
}

function bubble(chat, line) {
  const press = action => pressed(chat, line, action);
  const body = line.card ? card(line.card, press)
    : line.blocks ? blocks(line.blocks, press)
    : element('div', { class: 'words' }, chat.app === 'slack' ? mrkdwn(line.text) : markdown(line.text));
  return element('article', { class: line.fromBot ? 'bot' : 'mine', 'data-id': line.id },
    element('header', {}, line.fromBot ? 'Key Account Bot' : 'You', ' ', element('time', { datetime: line.at }, clockTime(line.at))),
    body);
}

async function pressed(chat, line, action) {
  const spoken = action.data?.msteams;
  await (spoken?.type === 'imBack' ? ask('say', { app: chat.app, person: chat.person, text: spoken.value })
    : ask('press', { app: chat.app, person: chat.person, message: line.id, action }));
}

function suggested(seat, line) {
  return line.fromBot ? (line.buttons ?? []).map(button => chip(seat, button.title, button.value)) : [];
}

const chip = (seat, title, says) => element('button', { type: 'button', onclick: () => say(seat, says) }, title);

async function say(seat, text) {
  if (text.trim()) await ask('say', { app: seat.chat.app, person: seat.chat.person, text });
}

function sit(seat, person) {
  seat.person = person;
  seat.chat = chatOf(person.hearsIn, person.id);
  seat.chat.unread = 0;
  seat.pane.className = `pane ${person.hearsIn}${seat.pane.classList.contains('current') ? ' current' : ''}`;
  seat.app.textContent = person.hearsIn === 'slack' ? 'Slack' : 'Teams';
  seat.log.replaceChildren(element('p', { class: 'empty' }, seat.empty));
  seat.suggestions.replaceChildren();
  for (const line of seat.chat.lines.values()) show(seat, line, true);
  label(seat);
}

// who else has news is told in the list of people
function label(seat) {
  for (const option of seat.select?.options ?? []) {
    const person = seat.people.find(p => p.id === option.value);
    const chat = chats.get(`${person.hearsIn}|${person.id}`);
    option.textContent = chat?.unread && chat !== seat.chat ? `${person.name} (${chat.unread})` : person.name;
  }
}

function build(seat, index, people) {
  seat.people = people.filter(p => seat.roles.includes(p.role) && p.known);
  if (index === 0) seat.people.push(stranger);
  const input = element('input', { 'aria-label': `Message as the ${seat.title.toLowerCase()}`, placeholder: 'Write to the bot', autocomplete: 'off' });
  seat.app = element('span', { class: 'app' });
  seat.select = element('select', {
    'aria-label': seat.title, onchange: () => sit(seat, seat.people.find(p => p.id === seat.select.value)),
  }, ...seat.people.map(p => element('option', { value: p.id }, p.name)));
  seat.log = element('div', { class: 'log', role: 'log', tabindex: '0', 'aria-label': `Chat of the ${seat.title.toLowerCase()}` });
  seat.suggestions = element('div', { class: 'suggestions' });
  seat.pane = element('section', { class: index === 0 ? 'pane current' : 'pane', 'aria-label': seat.title },
    element('header', {}, element('h2', {}, seat.title), seat.select, seat.app),
    seat.log, seat.suggestions,
    ...(seat.says.length ? [element('div', { class: 'starters' }, ...seat.says.map(text => chip(seat, text, text)))] : []),
    element('form', { class: 'composer', onsubmit: event => { event.preventDefault(); const text = input.value; input.value = ''; say(seat, text); } },
      input, element('button', {}, 'Send')));
  seat.tab = element('button', { type: 'button', onclick: () => front(seat) }, seat.title);
  document.getElementById('tabs').append(seat.tab);
  document.getElementById('panes').append(seat.pane);
  const first = seat.people.find(p => p.id === seat.prefer) ?? seat.people[0];
  if (first) {
    seat.select.value = first.id;
    sit(seat, first);
  } else {
    seat.log.append(element('p', {}, 'Nobody with a Teams or Slack account is on record for this place.'));
    input.disabled = true;
  }
}

function front(seat) {
  for (const other of seats) {
    other.pane.classList.toggle('current', other === seat);
    other.tab.setAttribute('aria-pressed', String(other === seat));
  }
  seat.tab.classList.remove('news');
  seat.log.scrollTop = seat.log.scrollHeight;
}

const clockTime = at => new Date(at).toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

function tell(clock) {
  now = Date.parse(clock.now) - Date.now();
  tick();
  for (const button of document.querySelectorAll('.clock button')) {
    button.disabled = !clock.moves;
    button.title = clock.moves ? '' : 'A storage account keeps its own time; the clock moves on the embedded store only.';
  }
}

const tick = () => { document.getElementById('now').textContent = `${clockTime(Date.now() + now)} UTC`; };

async function forward(by) {
  const buttons = [...document.querySelectorAll('.clock button')];
  buttons.forEach(b => { b.disabled = true; });
  try {
    tell(await ask('clock', by));
  } finally {
    buttons.forEach(b => { b.disabled = false; });
  }
}

async function move(button) {
  const { hours = 0, businessDays = 0, days = 0 } = button.dataset;
  await forward({ hours: +hours, businessDays: +businessDays, days: +days }).finally(() => button.focus());
}

// where a person sits, in front of the others
function seatOf(id) {
  const seat = seats.find(s => s.people.some(p => p.id === id));
  const person = seat.people.find(p => p.id === id);
  if (seat.person !== person) {
    seat.select.value = id;
    sit(seat, person);
  }
  front(seat);
  return seat;
}

const people = await ask('people');
seats.forEach((seat, index) => build(seat, index, people));
front(seats[0]);
for (const button of document.querySelectorAll('.clock button')) button.addEventListener('click', () => move(button));
tell(await ask('clock'));
setInterval(tick, 1000);
new EventSource('/sandbox/events').addEventListener('line', event => put(JSON.parse(event.data)));
tour({ opener: document.getElementById('tour'), seatOf, say, forward, now: () => new Date(Date.now() + now) });
