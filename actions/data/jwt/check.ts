import { ActionFailure } from '../../kit/index.ts';
import { library } from '../../support/library.ts';
import type { Key } from './keys.ts';
import { invalid } from './token.ts';

const jose = library<typeof import('jose')>('jose');

/** Of a JWK Set without names for its keys. */
const mostTried = 20;

interface Demands {
  issuer?: string | string[];
  audience?: string | string[];
  subject?: string;
  'max-age'?: number;
  tolerance?: number;
}

/** Resolves when one of the keys signed the token and its claims are as demanded at that time. */
export const check = async (jwt: string, keys: readonly Key[], demands: Demands, now: number): Promise<void> => {
  const options = {
    currentDate: new Date(now),
    clockTolerance: demands.tolerance ?? 0,
    ...(demands.issuer !== undefined && { issuer: demands.issuer }),
    ...(demands.audience !== undefined && { audience: demands.audience }),
    ...(demands.subject !== undefined && { subject: demands.subject }),
    ...(demands['max-age'] !== undefined && { maxTokenAge: demands['max-age'] }),
  };
  for (const { key, algorithms } of keys.slice(0, mostTried)) {
    try {
      await jose().jwtVerify(jwt, key, { ...options, algorithms: [...algorithms] });
      return;
    } catch (thrown) {
      if (thrown instanceof jose().errors.JWSSignatureVerificationFailed) continue;
      throw explain(thrown);
    }
  }
  throw invalid('is not signed by the key, or was changed');
};

const explain = (thrown: unknown): ActionFailure => {
  const { JWTClaimValidationFailed, JWTExpired } = jose().errors;
  if (thrown instanceof JWTExpired) {
    return new ActionFailure('token-expired', '`jwt` has expired, or is older than `max-age` allows; get a new one');
  }
  if (thrown instanceof JWTClaimValidationFailed) {
    const { claim, reason } = thrown;
    return invalid(
      claim === 'nbf' && reason === 'check_failed'
        ? 'is not valid yet'
        : `${reason === 'missing' ? 'lacks the claim' : 'has not the expected claim'} ${claim}`,
    );
  }
  return invalid('has a header, claims or signature that are not as RFC 7519 has them');
};
