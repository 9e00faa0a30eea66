"""Chinese texts of cli. Keys begin with the noun or the rule they speak of."""

TEXTS: dict[str, str] = {
    "cli.migrated": "数据库结构已是最新（{revision}）。",
    "cli.deployed": "已部署：{name}（{process}）第{version}版。",
    "cli.not_ready": "数据库还不能使用：{why}。请先运行 oneseal migrate。",
    "cli.broken": "断裂：链 {chain} 第{seq}条，{what}。",
    "cli.verified": "历史完整：{chains}条链，{events}条事件，没有断裂。",
    "cli.verify_failed": "历史不完整：{chains}条链，{events}条事件，{breaks}处断裂。",
    "cli.replay_what": "请给出一个案件编号，或用 --all 重放全部。",
    "cli.replayed": "案件 {case}：{steps}步重放，与数据库状态逐字节一致。",
    "cli.replay_differs": "案件 {case}：第{event}条事件处不一致（{why}）。",
    "cli.replayed_all": "重放{count}个案件，{wrong}个不一致。",
    "cli.stays_up": "服务继续运行在 {url} ，按 Ctrl-C 停止。示例账户（人员均为虚构）的登录名即人员编号，密码 {password}。",
    "cli.check_failed": "检查未通过：{broken}条历史链断裂；状态与重放不一致的案件：{differing}。",
    "cli.port_in_use": "地址 {host}:{port} 已被占用，请换一个端口（--port 或 ONESEAL_PORT）。",
    "break.hash": "内容与哈希不符",
    "break.link": "与前一条不相连",
    "break.seq": "序号不连续",
    "break.payload": "附属内容与哈希不符或缺失",
    "break.head": "链尾与登记的链头不符",
    "break.body": "内容无法解析",
}
