// The certified provider (oidc-provider), with people and clients that a test gives it as a file.
// Its log-in page is a form, as a provider's own is: a name, and how it was proved (acr).
import { readFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const given = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const provider = new Provider(given.issuer, {
  clients: given.clients,
  jwks: given.jwks,
  cookies: { keys: ['a', 'b'] },
  acrValues: given.acr_values,
  claims: { openid: ['sub', 'sid'], acr: null, auth_time: null, person: given.claims },
  scopes: ['openid', 'person'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  clientAuthMethods: ['private_key_jwt', 'client_secret_basic', 'client_secret_post'],
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
  features: {
    devInteractions: { enabled: false },
    encryption: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  // It tells log-outs to hosts out in the world only; here both sides are one machine.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => {
    const known = JSON.parse(readFileSync(given.people, 'utf8'))[id];
    return known && { accountId: id, claims: () => ({ sub: id, ...known }) };
  },
  // Whoever asks is the service itself: nobody is asked whether it may know.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid person');
    await grant.save();
    return grant;
  },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 600, Session: 3600 },
});

provider.use(async (ctx, next) => {
  const uid = ctx.path.match(/^\/interaction\/([^/]+)$/);
  if (!uid) return next();
  if (ctx.method === 'GET') {
    ctx.type = 'html';
    ctx.body = '<form method="post"><input name="login"><input name="acr"><button>Log in</button></form>';
    return undefined;
  }
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const result = form.get('login')
    ? { login: { accountId: form.get('login'), acr: form.get('acr') || undefined } }
    : { error: 'access_denied', error_description: 'They said no' };
  return provider.interactionFinished(ctx.req, ctx.res, result);
});

for (const event of ['server_error', 'backchannel.error']) {
  provider.on(event, (ctx, error) => console.error(error));
}
const { hostname, port } = new URL(given.issuer);
provider.listen(Number(port), hostname, () => console.log('ready'));
