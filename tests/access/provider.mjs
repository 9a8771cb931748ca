// A real OpenID Connect provider for the tests: argument 1 is the redirect URI of its one client, argument 2 the audience
// of its access tokens. Prints its issuer. `POST /test/rotate` gives it another key.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [redirectUri, audience] = process.argv.slice(2);
const roles = { amina: ['hub-editors', 'others'], boris: ['others'] };

function key(number) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: `key-${number}`, alg: 'RS256', use: 'sig' };
}

function provider(issuer, number) {
  const made = new Provider(issuer, {
    clients: [
      {
        client_id: 'hub',
        client_secret: 'the secret of the client',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'client_credentials'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [key(number)] },
    cookies: { keys: ['only for tests'] },
    // The claims stand in the ID token itself.
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'roles'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, roles: roles[id] ?? [] }) }),
    extraTokenClaims: () => ({ roles: ['hub-editors'] }),
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({ scope: '', audience, accessTokenFormat: 'jwt' }),
      },
    },
  });
  return made.callback();
}

const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/test/rotate') {
    number += 1;
    answer = provider(issuer, number);
    response.end();
  } else {
    answer(request, response);
  }
});
let issuer;
let number = 1;
let answer;
server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  answer = provider(issuer, number);
  console.log(`issuer ${issuer}`);
});
