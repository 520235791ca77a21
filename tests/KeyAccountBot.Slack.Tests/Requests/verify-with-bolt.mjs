// Says whether Slack's own framework accepts a signature: bolt's folder, secret, timestamp, signature, body.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [bolt, signingSecret, timestamp, signature, body = ''] = process.argv.slice(2);
const { isValidSlackRequest } = createRequire(import.meta.url)(join(bolt, 'dist/receivers/verify-request.js'));

console.log(isValidSlackRequest({
  signingSecret,
  body,
  headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
  nowMilliseconds: Number(timestamp) * 1000,
}) ? 'valid' : 'invalid');
