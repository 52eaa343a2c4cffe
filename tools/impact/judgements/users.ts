import type { Effect } from "../finding";
import { show } from "../fields";

/** A user as the stack describes it; permissions and quotas are texts that are equal where they mean the same. */
export interface UserDescription {
    readonly type: string;
    readonly allowed: readonly string[];
    readonly denied: readonly string[];
    readonly quotas: readonly string[];
}

/** What becomes of clients whose password, or certificate, is not the user's any more. Open connections stay. */
export const OLD_CREDENTIALS =
    "clients of that user are refused from their next connection on, until they have the new credentials";

/** A user that is new to the stack. */
export function userAdded(name: string): Effect {
    return {
        subject: `user ${name}`,
        from: "-",
        to: "new",
        what: "gets its credentials and permissions",
        severity: "dynamic",
    };
}

/** What becomes of a user that leaves the stack. */
export const USER_REMOVED = {
    what: "clients of that user are refused",
    severity: "dynamic",
} as const;

/** A user that leaves the stack. */
export function userRemoved(name: string): Effect {
    return { subject: `user ${name}`, from: "in the stack", to: "-", ...USER_REMOVED };
}

/** A user whose password is another one. */
export function passwordChanged(name: string): Effect {
    return { subject: `password of user ${name}`, what: OLD_CREDENTIALS, severity: "dynamic" };
}

/** Says what a changed user means for its clients. */
export function judgeUser(
    name: string,
    from: UserDescription,
    to: UserDescription,
): readonly Effect[] {
    const effects: Effect[] = [];
    if (from.type !== to.type) {
        effects.push({
            subject: `user ${name}`,
            from: show(from.type),
            to: show(to.type),
            what: OLD_CREDENTIALS,
            severity: "dynamic",
        });
    }
    const lost = [
        ...without(from.allowed, to.allowed),
        ...without(to.denied, from.denied).map((right) => `denied ${right}`),
    ];
    const won = [
        ...without(to.allowed, from.allowed),
        ...without(from.denied, to.denied).map((right) => `no longer denied ${right}`),
    ];
    if (lost.length > 0) {
        effects.push({
            subject: `permissions of user ${name}`,
            from: show(lost.join(", ")),
            to: "-",
            what: "clients of that user are refused where they need it",
            severity: "dynamic",
        });
    }
    if (won.length > 0) {
        effects.push({
            subject: `permissions of user ${name}`,
            from: "-",
            to: show(won.join(", ")),
            what: "given while Kafka runs",
            severity: "dynamic",
        });
    }
    if (from.quotas.join() !== to.quotas.join()) {
        effects.push({
            subject: `quotas of user ${name}`,
            from: show(from.quotas.join(", ") || undefined),
            to: show(to.quotas.join(", ") || undefined),
            what: "changed while Kafka runs; clients above them are slowed down",
            severity: "dynamic",
        });
    }
    return effects;
}

function without(list: readonly string[], other: readonly string[]): string[] {
    return list.filter((one) => !other.includes(one));
}
