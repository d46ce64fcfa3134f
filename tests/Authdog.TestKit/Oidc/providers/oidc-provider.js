// The npm package oidc-provider with one client and one person who is always signed in and agrees to everything.
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const person = { email: settings.email, email_verified: true, name: 'Ada Lovelace', groups: ['staff'] };

const provider = new Provider(settings.url, {
  clients: [settings.client],
  claims: { openid: ['sub', 'sid', 'auth_time', 'acr'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...person }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ['for tests alone'] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = `<!DOCTYPE html><body>${form}<button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">Sign out</button></body>`; } },
    encryption: { enabled: true },
  },
  issueRefreshToken: async () => true,
  ttl: { AccessToken: () => settings.accessTokenLifetime ?? 3600 },
  // Its own refuses loopback, where all of this is.
  fetch: (url, options) => globalThis.fetch(url, options),
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) {
    await next();
    return;
  }

  const { prompt, params, session } = await provider.interactionDetails(ctx.req, ctx.res);
  ctx.respond = false;
  if (prompt.name === 'login') {
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: 'ada' } }, { mergeWithLastSubmission: false });
    return;
  }

  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  await provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
});

provider.listen(settings.port, '127.0.0.1');
