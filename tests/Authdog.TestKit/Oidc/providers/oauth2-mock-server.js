// The npm package oauth2-mock-server; it signs anybody in at once.
import { readFileSync } from 'node:fs';
import { OAuth2Server } from 'oauth2-mock-server';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
server.service.on('beforeTokenSigning', token => Object.assign(token.payload, { email: settings.email, email_verified: true, name: 'Ada Lovelace' }));
await server.start(settings.port, '127.0.0.1');
server.issuer.url = settings.url;
