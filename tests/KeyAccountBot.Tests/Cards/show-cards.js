// Shows cards with the official renderer as Teams does: its colours in light and dark, its spaces, its buttons.
const teams = {
  light: {
    back: '#ffffff', text: '#242424', subtle: '#616161', line: '#d1d1d1', button: '#ffffff', field: '#ffffff', brand: '#5b5fc7', onBrand: '#ffffff',
    fore: { accent: '#4f52b2', good: '#0e700e', warning: '#835b00', attention: '#b10e1c' },
    behind: { emphasis: '#f5f5f5', accent: '#e8ebfa', good: '#e7f2da', warning: '#fbf6d9', attention: '#fdf3f4' },
  },
  dark: {
    back: '#292929', text: '#ffffff', subtle: '#adadad', line: '#525252', button: '#292929', field: '#1f1f1f', brand: '#5b5fc7', onBrand: '#ffffff',
    fore: { accent: '#9ea2ff', good: '#92c353', warning: '#f8d22a', attention: '#ff99a4' },
    behind: { emphasis: '#1f1f1f', accent: '#2f2f4a', good: '#0b3a0b', warning: '#463100', attention: '#3f1011' },
  },
};

const hostConfig = theme => {
  const pair = colour => ({ default: colour, subtle: colour });
  const foregroundColors = {
    default: { default: theme.text, subtle: theme.subtle },
    ...Object.fromEntries(Object.entries(theme.fore).map(([name, colour]) => [name, pair(colour)])),
  };
  return new AdaptiveCards.HostConfig({
    fontFamily: '"Segoe UI", "Liberation Sans", "Noto Sans CJK SC", sans-serif',
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: theme.line },
    containerStyles: Object.fromEntries(
      [['default', theme.back], ...Object.entries(theme.behind)].map(([name, backgroundColor]) => [name, { backgroundColor, foregroundColors }])),
    inputs: { label: { inputSpacing: 'small', requiredInputs: { weight: 'bolder' }, optionalInputs: { weight: 'bolder' } } },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8, spacing: 'medium' },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 120 }, value: { wrap: true }, spacing: 12 },
    table: { cellSpacing: 6 },
    textBlock: { headingLevel: 2 },
  });
};

const sheet = document.createElement('style');
sheet.textContent = `
  body { margin: 0; font: 14px "Segoe UI", "Liberation Sans", "Noto Sans CJK SC", sans-serif; }
  #cards { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; }
  .card { box-sizing: border-box; color-scheme: light; }
  .ac-actionSet { flex-wrap: wrap; row-gap: 8px; } /* as Teams does */
  .ac-fact-title { word-break: keep-all; }
  .ac-pushButton { border-radius: 4px; padding: 6px 12px; font: inherit; font-weight: 600; }
  .card input, .card select, .card textarea { box-sizing: border-box; max-width: 100%; font: inherit; border-radius: 4px; padding: 4px 6px; }
  .ac-textInput, .ac-dateInput, .ac-timeInput, .ac-choiceSetInput-compact { width: 100%; }
` + Object.entries(teams).map(([name, theme]) => `
  .card.${name} { background: ${theme.back}; color: ${theme.text}; border: 1px solid ${theme.line}; color-scheme: ${name}; }
  .card.${name} .ac-pushButton { border: 1px solid ${theme.line}; background: ${theme.button}; color: ${theme.text}; }
  .card.${name} .ac-pushButton.style-positive { border-color: ${theme.brand}; background: ${theme.brand}; color: ${theme.onBrand}; }
  .card.${name} input, .card.${name} select, .card.${name} textarea { border: 1px solid ${theme.subtle}; background: ${theme.field}; color: ${theme.text}; }
`).join('');
document.head.append(sheet);

// as much Markdown as the bot writes: what is escaped stands as it is, so it is set aside first
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const typed = [];
  const html = words => words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  result.outputHtml = html(text.replace(/\\([!-/:-@[-`{-~])|&(lt|amp);/g, (_, escaped, entity) => `\uE000${typed.push(escaped ?? { lt: '<', amp: '&' }[entity]) - 1}\uE001`))
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>').replace(/\*(.+?)\*/g, '<i>$1</i>').replace(/\n/g, '<br>')
    .replace(/\uE000(\d+)\uE001/g, (_, i) => html(typed[i]));
  result.didProcess = true;
};

/** Puts cards on the page, side by side where there is room: [{ card, theme, width, opens }], with one of the buttons that open more pressed. Answers how wide each came out, its buttons and its words. */
window.showCards = cards => {
  document.getElementById('cards').replaceChildren(...cards.map(({ card, theme, width, opens }) => {
    const shown = new AdaptiveCards.AdaptiveCard();
    shown.hostConfig = hostConfig(teams[theme]);
    shown.parse(card);
    const place = document.createElement('section');
    place.className = `card ${theme}`;
    place.lang = card.lang;
    place.style.width = `${width}px`;
    place.append(shown.render());
    if (Number.isInteger(opens)) place.querySelectorAll('.ac-pushButton[aria-expanded]')[opens].click();
    return place;
  }));
  return [...document.querySelectorAll('.card')].map(place => {
    const left = place.getBoundingClientRect().left;
    return {
      buttons: place.querySelectorAll('.ac-pushButton').length,
      wide: Math.max(place.scrollWidth, ...[...place.querySelectorAll('*')].map(e => Math.floor(e.getBoundingClientRect().right - left))),
      words: place.innerText,
    };
  });
};
