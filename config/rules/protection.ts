import type { ConfigProblem } from "../problems";
import type { ParsedConfig } from "../schema";

/** Data can't be kept from being deleted and be deleted with the stack. */
export function protectionConflicts({
    protect,
    deleteDataOnDestroy,
}: ParsedConfig): ConfigProblem[] {
    return protect === true && deleteDataOnDestroy === true
        ? [
              {
                  key: "protect",
                  expected: "false with deleteDataOnDestroy true, which is to delete what it keeps",
                  given: "true",
              },
          ]
        : [];
}
