package dev.muster.core.identity;

/** Why a presented credential was refused: closed, so that it is safe for metrics; clients see only "Unauthorized". */
public enum Reason {
    /** The credential cannot be read: wrong encoding, wrong shape. */
    MALFORMED,
    /** Nobody recognised it. */
    UNKNOWN,
    /** Its time is over. */
    EXPIRED,
    /** Its time has not begun. */
    NOT_YET_VALID,
    /** A signature or chain does not lead to anything trusted. */
    UNTRUSTED,
    /** It is genuine and not for this audience or purpose. */
    WRONG_PURPOSE,
    /** It was taken back. */
    REVOKED,
    /** It is genuine and the policy refuses it. */
    POLICY
}
