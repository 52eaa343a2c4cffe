import type { ConfigProblem } from "../problems";
import type { ParsedConfig } from "../schema";

/** Data can't be kept from being deleted and be deleted with the stack. */
export function protectionConflicts(config: ParsedConfig): ConfigProblem[] {
    const { protect = protectsByDefault(config), deleteDataOnDestroy } = config;
    if (!protect || deleteDataOnDestroy !== true) {
        return [];
    }
    const expected = "false with deleteDataOnDestroy true, which is to delete what it keeps";
    const given = config.protect === undefined ? "nothing, which is true in production" : "true";
    return [{ key: "protect", expected, given }];
}

/** Whether a stack protects what it has unless it is told otherwise. */
export function protectsByDefault({
    platform,
    eks,
}: Pick<ParsedConfig, "platform" | "eks">): boolean {
    return platform === "eks" && eks.environment === "prod";
}
