// A SAML identity provider of npm's samlp for tests: node server.js settings.json
'use strict';
const fs = require('fs');
const http = require('http');
const querystring = require('querystring');
const samlp = require('samlp');
const SessionParticipants = require('samlp/lib/sessionParticipants');

const settings = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const services = new Map(settings.services.map(service => [service.entityId, service]));
const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const pem = base64 => `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g).join('\n')}\n-----END CERTIFICATE-----\n`;
const person = {
  id: 'ada', displayName: 'Ada Lovelace', name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: 'ada@example.com' }], groups: ['staff', 'finance'],
};

// What each browser is signed in to, and the state of a logout under way.
const browsers = new Map();
const state = new Map();
let counter = 0;
const store = {
  save: (req, value, done) => { const id = `state${++counter}`; state.set(id, value); done(null, id); },
  load: (req, id, options, done) => { const value = state.get(id); const end = done || options; if (done && options.destroy) state.delete(id); end(null, value); },
  update: (req, id, value, done) => { state.set(id, value); done(null, id); },
};

function signIn(service, req, res, next) {
  const sessionIndex = `_session${++counter}`;
  req.participants.push({
    serviceProviderId: service.entityId, nameId: person.id, nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    sessionIndex, serviceProviderLogoutURL: service.singleLogoutService, cert: pem(service.signingCertificates[0]), binding: service.logoutBinding,
  });
  const encryption = service.encryptionCertificate ? {
    encryptionCert: pem(service.encryptionCertificate),
    encryptionPublicKey: require('crypto').createPublicKey(pem(service.encryptionCertificate)).export({ type: 'spki', format: 'pem' }),
    encryptionAlgorithm: service.encryptionAlgorithm,
    disallowEncryptionWithInsecureAlgorithm: false, warnOnInsecureEncryptionAlgorithm: false,
  } : {};
  samlp.auth({
    issuer: settings.issuer, cert: settings.cert, key: settings.key,
    signResponse: service.signResponse, signAssertion: service.signAssertion,
    destination: service.assertionConsumerService, recipient: service.assertionConsumerService,
    audience: service.entityId, sessionIndex,
    nameIdentifierFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    ...(service.requireSignedRequests ? { signingCert: pem(service.signingCertificates[0]) } : {}),
    ...encryption,
    getUserFromRequest: () => person,
    getPostURL: (audience, request, req_, done) => done(null, service.assertionConsumerService),
  })(req, res, next);
}

function logOut(req, res, next) {
  samlp.logout({
    issuer: settings.issuer, cert: settings.cert, key: settings.key, deflate: true, store,
    protocolBinding: post, sessionParticipants: new SessionParticipants(req.participants),
    clearIdPSession: done => { req.participants.length = 0; done(); },
  })(req, res, next);
}

const metadata = samlp.metadata({
  issuer: settings.issuer, cert: settings.cert, redirectEndpointPath: '/login', postEndpointPath: '/login',
  logoutEndpointPaths: { redirect: '/logout', post: '/logout' },
});

function answer(req, res) {
  const url = new URL(req.url, settings.url);
  Object.assign(req, { protocol: 'http', originalUrl: req.url, query: Object.fromEntries(url.searchParams) });
  const browser = /browser=(\d+)/.exec(req.headers.cookie || '')?.[1] || String(++counter);
  res.setHeader('Set-Cookie', `browser=${browser}; Path=/; HttpOnly`);
  if (!browsers.has(browser)) browsers.set(browser, []);
  req.participants = browsers.get(browser);
  res.set = (name, value) => res.setHeader(name, value);
  res.redirect = location => { res.writeHead(302, { Location: location }); res.end(); };
  res.send = (status, text) => { if (typeof status === 'number') { res.statusCode = status; } else { text = status; } res.end(text || String(res.statusCode)); };
  const next = error => { res.statusCode = 500; res.end(String(error && error.stack || 'no answer')); };
  try {
    if (url.pathname.startsWith('/FederationMetadata/')) return metadata(req, res);
    if (url.pathname === '/logout') return logOut(req, res, next);
    if (url.pathname !== '/login') { res.statusCode = 404; return res.end(); }
    if (req.query.sp) return signIn(services.get(req.query.sp), req, res, next);
    samlp.parseRequest(req, (error, data) => error ? next(error) : signIn(services.get(data.issuer), req, res, next));
  } catch (error) { next(error); }
}

http.createServer((req, res) => {
  const parts = [];
  req.on('data', part => parts.push(part));
  req.on('end', () => { req.body = querystring.parse(Buffer.concat(parts).toString()); answer(req, res); });
}).listen(settings.port, '127.0.0.1');
