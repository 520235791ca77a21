// The page: a rep's Teams chat, the manager's Slack and the director's channel side by side, under one clock.
import { element, markdown, mrkdwn } from '/sandbox/text.js';
import { card } from '/sandbox/card.js';
import { blocks } from '/sandbox/blocks.js';
import { clock, dayOf, hourOf } from '/sandbox/clock.js';
import { avatar } from '/sandbox/people.js';
import { tour } from '/sandbox/tour.js';

const seats = [
  { title: 'Rep', roles: ['Rep'], prefer: 'ravi-patel', says: ['check in Nordwind Dairies', 'my opportunities', 'explain Castell Brewery', 'away until Friday, Li Na stands in', 'help'], empty: 'Say something, or press one of the sentences below.' },
  { title: 'Manager', roles: ['Manager'], prefer: 'maria-santos', says: ['take it', 'snooze 3 days', 'ask the rep whether the budget is approved'], empty: 'Nothing here yet. A nudge comes two business days after a reminder that the rep did not answer.' },
  { title: 'Director and above', roles: ['Director', 'Executive', 'Administrator'], prefer: 'dieter-vogel', says: ['my decision makers'], empty: 'Nothing here yet. An alert comes when an opportunity is still stuck two business days after the nudge.' },
];
const stranger = { id: 'new-user', name: 'A new user', role: 'Rep', hearsIn: 'teams', known: true };
const face = person => avatar(person === stranger ? '?' : person.name);
const chats = new Map();
const opened = new Set();
let time;
// what stood there before the page was opened is no news
let live = false;

const problem = document.getElementById('problem');

async function ask(path, body) {
  if (steps.has(path) && body !== undefined) begin();
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

// what a step brings is marked until the next one; in a tour a whole chapter is one step to whoever presses Next
const steps = new Set(['say', 'press', 'clock']);
let step = 0;
let chapter = false;

function begin() {
  step++;
  if (chapter) return;
  for (const chat of chats.values()) chat.marks.clear();
  for (const article of document.querySelectorAll('article.new, article.changed')) unmark(article);
}

function unmark(article) {
  article.classList.remove('new', 'changed');
  article.querySelector('.mark').textContent = '';
}

function playing(isPlaying) {
  chapter = false;
  if (isPlaying) begin();
  chapter = isPlaying;
}

// a chat is one person in one app; it exists from its first line, whether somebody looks at it or not
function chatOf(app, person) {
  const key = `${app}|${person}`;
  if (!chats.has(key)) chats.set(key, { app, person, lines: new Map(), marks: new Map(), unread: 0 });
  return chats.get(key);
}

function put(line) {
  const chat = chatOf(line.app, line.person);
  const isNew = !chat.lines.has(line.id);
  if (line.removed) chat.lines.delete(line.id);
  else chat.lines.set(line.id, line);
  if (live && line.fromBot && !line.removed) chat.marks.set(line.id, { kind: chat.marks.get(line.id)?.kind ?? (isNew ? 'new' : 'changed'), came: isNew, step });
  const seat = seats.find(s => s.chat === chat);
  if (seat) show(seat, line, isNew);
  else if (live && isNew && line.fromBot) chat.unread++;
  seats.forEach(label);
  time?.look();
}

function show(seat, line, isNew) {
  const old = seat.log.querySelector(`[data-id="${CSS.escape(line.id)}"]`);
  if (line.removed) {
    old?.remove();
    return;
  }
  seat.log.querySelector('.empty')?.remove();
  const node = bubble(seat, line);
  if (old) old.replaceWith(node);
  else {
    const day = dayOf(line.at);
    if (day !== seat.day) seat.log.append(element('p', { class: 'day' }, day));
    seat.day = day;
    seat.log.append(node);
  }
  // buttons under a message are for the last one only
  if (isNew) seat.suggestions.replaceChildren(...suggested(seat, line));
  keepInView(seat);
  if (live && isNew && line.fromBot && !seat.pane.classList.contains('current')) {
    seat.tab.classList.add('news');
    seat.tab.setAttribute('aria-label', `${seat.title}, new messages`);
  }
}

// what the last step brought here, from its beginning and with the words that asked for it; else the last message
function keepInView(seat) {
  const articles = [...seat.log.querySelectorAll('article')];
  const last = Math.max(...articles.filter(article => article.matches('.new, .changed')).map(article => +article.dataset.step));
  const brought = articles.filter(article => +article.dataset.step === last);
  const first = brought.find(article => article.dataset.came === 'true') ?? brought.at(-1) ?? articles.at(-1);
  const before = first?.previousElementSibling;
  const from = before?.matches('.mine, .day') ? before : first;
  const end = seat.view.scrollHeight - seat.view.clientHeight;
  seat.view.scrollTop = from ? Math.min(end, from.offsetTop - 8) : end;
  seat.at = seat.view.scrollTop;
}

const marked = { new: 'New', changed: 'Changed' };

function bubble(seat, line) {
  const chat = seat.chat;
  const press = action => pressed(chat, line, action);
  const mark = chat.marks.get(line.id);
  const body = line.card ? card(line.card, press)
    : line.blocks ? blocks(line.blocks, press)
    : element('div', { class: 'words' }, chat.app === 'slack' ? mrkdwn(line.text) : markdown(line.text));
  return element('article', { class: [line.fromBot ? 'bot' : 'mine', mark?.kind].filter(Boolean).join(' '), 'data-id': line.id, 'data-step': mark?.step, 'data-came': mark && String(mark.came) },
    element('header', {}, line.fromBot ? avatar('Key Bot', 'of-bot') : face(seat.person), line.fromBot ? 'Key Account Bot' : 'You',
      element('time', { datetime: line.at }, hourOf(line.at)), element('span', { class: 'mark' }, marked[mark?.kind] ?? '')),
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

function sit(seat, person, app = person.hearsIn) {
  seat.person = person;
  seat.chat = chatOf(app, person.id);
  seat.chat.unread = 0;
  seat.pane.className = `pane ${app}${seat.pane.classList.contains('current') ? ' current' : ''}`;
  seat.app.value = app;
  seat.app.disabled = person === stranger;
  seat.hours.textContent = '';
  seat.face.replaceChildren(face(person));
  seat.day = undefined;
  seat.log.replaceChildren(element('p', { class: 'empty' }, seat.empty));
  seat.suggestions.replaceChildren();
  for (const line of seat.chat.lines.values()) show(seat, line, true);
  label(seat);
  time?.show();
  // Teams tells an app who has opened a chat with it
  if (app === 'teams' && !opened.has(person.id)) {
    opened.add(person.id);
    ask('open', { person: person.id });
  }
}

// who else has news is told in the list of people
function label(seat) {
  for (const option of seat.select?.options ?? []) {
    const person = seat.people.find(p => p.id === option.value);
    const unread = ['teams', 'slack'].map(app => chats.get(`${app}|${person.id}`)).filter(chat => chat && chat !== seat.chat).reduce((sum, chat) => sum + chat.unread, 0);
    option.textContent = unread ? `${person.name} (${unread})` : person.name;
  }
}

function build(seat, index, people) {
  seat.people = people.filter(p => seat.roles.includes(p.role) && p.known);
  if (index === 0) seat.people.push(stranger);
  const input = element('input', { 'aria-label': `Message as the ${seat.title.toLowerCase()}`, placeholder: 'Write to the bot', autocomplete: 'off' });
  seat.app = element('select', { class: 'app', 'aria-label': `App of the ${seat.title.toLowerCase()}`, onchange: () => sit(seat, seat.person, seat.app.value) },
    element('option', { value: 'teams' }, 'Teams'), element('option', { value: 'slack' }, 'Slack'));
  seat.hours = element('p', { class: 'hours' });
  seat.select = element('select', {
    'aria-label': seat.title, onchange: () => sit(seat, seat.people.find(p => p.id === seat.select.value)),
  }, ...seat.people.map(p => element('option', { value: p.id }, p.name)));
  seat.face = element('span', { class: 'face' });
  seat.log = element('div', { class: 'log', role: 'log', 'aria-label': `Chat of the ${seat.title.toLowerCase()}` });
  seat.suggestions = element('div', { class: 'suggestions' });
  seat.view = element('div', { class: 'view', tabindex: '0', role: 'group', 'aria-label': `Messages of the ${seat.title.toLowerCase()}` }, seat.log, seat.suggestions,
    ...(seat.says.length ? [element('div', { class: 'starters' }, ...seat.says.map(text => chip(seat, text, text)))] : []));
  // who has not scrolled away still sees the same when something around the chat grows
  seat.view.addEventListener('scroll', () => { seat.away = Math.abs(seat.view.scrollTop - seat.at) > 4; });
  new ResizeObserver(() => { if (!seat.away) keepInView(seat); }).observe(seat.view);
  seat.pane = element('section', { class: index === 0 ? 'pane current' : 'pane', 'aria-label': seat.title },
    element('header', {}, seat.face, element('h2', {}, seat.title), seat.select, seat.app),
    seat.hours, seat.view,
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
  seat.tab.removeAttribute('aria-label');
  keepInView(seat);
}

// where a person sits, with this app open, in front of the others
function seatOf(id, app) {
  const seat = seats.find(s => s.people.some(p => p.id === id));
  const person = seat.people.find(p => p.id === id);
  if (seat.chat !== chatOf(app, id)) {
    seat.select.value = id;
    sit(seat, person, app);
  }
  front(seat);
  return seat;
}

const people = await ask('people');
seats.forEach((seat, index) => build(seat, index, people));
front(seats[0]);
time = await clock(ask, seats);
const events = new EventSource('/sandbox/events');
events.addEventListener('open', () => { live = false; });
events.addEventListener('line', event => put(JSON.parse(event.data)));
events.addEventListener('caughtUp', () => { live = true; });
tour({ openers: document.querySelectorAll('[data-story]'), seatOf, say, playing, ...time });
