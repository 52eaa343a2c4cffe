import { HEALTH } from "../../../components/kafka/names";
import type { Effect } from "../finding";
import { show, showChange } from "../fields";
import { include, isWide, type Permission, textOf } from "./permissions";

/** A user as the stack describes it. */
export interface UserDescription {
    readonly type: string;
    readonly permissions: readonly Permission[];
    /** Such as `producerByteRate 1024`. */
    readonly quotas: readonly string[];
}

/** What becomes of clients whose password, or certificate, is not the user's any more. Open connections stay. */
export const OLD_CREDENTIALS =
    "clients of that user are refused from their next connection on, until they have the new credentials";

/** A user that is new to the stack. */
export function userAdded(name: string, { permissions }: UserDescription): readonly Effect[] {
    return [
        {
            subject: `user ${name}`,
            from: "-",
            to: "new",
            what: "gets its credentials and permissions",
            severity: "dynamic",
        },
        ...wide(name, permissions.filter(isWide)),
    ];
}

/** Tells whether a user is one of the program's own, by whom the health check connects and nobody else. */
function isOfHealth(name: string): boolean {
    return name.startsWith(`${HEALTH}-`);
}

/** A user that leaves the stack. */
export function userRemoved(name: string): Effect {
    return {
        subject: `user ${name}`,
        from: "in the stack",
        to: "-",
        ...(isOfHealth(name)
            ? { what: "only the health check connects by it", severity: "nothing" }
            : { what: "clients of that user are refused", severity: "clients-cut-off" }),
    };
}

/** A user whose password is another one. */
export function passwordChanged(name: string): Effect {
    return {
        subject: `password of user ${name}`,
        ...(isOfHealth(name)
            ? { what: "only the health check connects by it", severity: "nothing" }
            : { what: OLD_CREDENTIALS, severity: "clients-cut-off" }),
    };
}

/** Says what a changed user means for its clients. */
export function judgeUser(
    name: string,
    from: UserDescription,
    to: UserDescription,
): readonly Effect[] {
    return [
        ...(from.type === to.type
            ? []
            : [
                  {
                      subject: `user ${name}`,
                      from: show(from.type),
                      to: show(to.type),
                      what: OLD_CREDENTIALS,
                      severity: "clients-cut-off" as const,
                  },
              ]),
        ...judgePermissions(name, from.permissions, to.permissions),
        ...judgeQuotas(name, from.quotas, to.quotas),
    ];
}

function judgePermissions(
    user: string,
    from: readonly Permission[],
    to: readonly Permission[],
): readonly Effect[] {
    const gone = from.filter((each) => !include(to, each));
    const added = to.filter((each) => !include(from, each));
    const lost = [
        ...allowed(gone).map(textOf),
        ...denied(added).map((each) => `denied ${textOf(each)}`),
    ];
    const won = [
        ...allowed(added)
            .filter((each) => !isWide(each))
            .map(textOf),
        ...denied(gone).map((each) => `no longer denied ${textOf(each)}`),
    ];
    const subject = `permissions of user ${user}`;
    return [
        ...wide(user, allowed(added).filter(isWide)),
        ...(lost.length === 0
            ? []
            : [
                  {
                      subject,
                      from: show(lost.join(", ")),
                      to: "-",
                      what: "clients of that user are refused where they need it",
                      severity: "clients-cut-off" as const,
                  },
              ]),
        ...(won.length === 0
            ? []
            : [
                  {
                      subject,
                      from: "-",
                      to: show(won.join(", ")),
                      what: "given while Kafka runs",
                      severity: "dynamic" as const,
                  },
              ]),
    ];
}

function wide(user: string, permissions: readonly Permission[]): readonly Effect[] {
    return permissions.length === 0
        ? []
        : [
              {
                  subject: `permissions of user ${user}`,
                  from: "-",
                  to: show(permissions.map(textOf).join(", ")),
                  what: "whoever has this user's credentials may do so everywhere",
                  severity: "cluster-opens",
              },
          ];
}

function judgeQuotas(
    user: string,
    from: readonly string[],
    to: readonly string[],
): readonly Effect[] {
    if (from.join() === to.join()) {
        return [];
    }
    const before = limits(from);
    const isLower = [...limits(to)].some(
        ([quota, value]) => value < (before.get(quota) ?? Number.POSITIVE_INFINITY),
    );
    return [
        {
            subject: `quotas of user ${user}`,
            ...showChange(from.join(", ") || undefined, to.join(", ") || undefined),
            ...(isLower
                ? {
                      what: "clients above them are slowed down, and fail where they can't wait",
                      severity: "clients-cut-off",
                  }
                : { what: "clients may take more, while Kafka runs", severity: "dynamic" }),
        },
    ];
}

function limits(quotas: readonly string[]): Map<string, number> {
    return new Map(
        quotas.map((each) => {
            const [quota = "", value] = each.split(" ");
            return [quota, Number(value)];
        }),
    );
}

function allowed(permissions: readonly Permission[]): readonly Permission[] {
    return permissions.filter(({ isDenied }) => !isDenied);
}

function denied(permissions: readonly Permission[]): readonly Permission[] {
    return permissions.filter(({ isDenied }) => isDenied);
}
