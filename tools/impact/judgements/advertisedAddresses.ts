import type { FieldChange } from "../fields";
import type { Consequence } from "./table";

/** Judges what a broker advertises to clients. */
export function judgeAdvertised({ path, from, to }: FieldChange): Consequence {
    const subject = `advertised addresses of broker ${path[1]!.replace("advertised-", "")}`;
    if (from === undefined || to === undefined) {
        return { subject, what: "comes and goes with the broker", severity: "nothing" };
    }
    const [before, after] = [addressesOf(from), addressesOf(to)];
    return [...before].every(([name, address]) => !after.has(name) || after.get(name) === address)
        ? {
              subject,
              what: "clients are told these from its restart on",
              severity: "rolling-restart",
          }
        : {
              subject,
              what: "clients are told these from its restart on; those that don't reach them lose the broker",
              severity: "clients-cut-off",
          };
}

/** Addresses by their listeners. Brokers find each other by their own. */
function addressesOf(value: unknown): Map<string, string> {
    return new Map(
        String(value)
            .split(",")
            .map((entry) => entry.split("://") as [string, string])
            .filter(([name]) => name !== "REPLICATION"),
    );
}
