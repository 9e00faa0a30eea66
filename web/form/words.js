/* The words of form-js in Chinese. What it does not pass through its translate service is swapped where it appears. */
const WORDS = {
  'Date and time must both be entered.': '日期和时间都要填写。',
  'No content to show.': '没有内容。',
  "External content couldn't be loaded.": '外部内容不能显示。',
  Increment: '加一',
  Decrement: '减一',
  'Skip to search': '跳到查找',
  'Remove tag': '移除',
  Search: '输入文字查找',
  'No results': '没有符合的选项',
  'All values selected': '已全部选择',
  'Nothing to show.': '无',
  '{page} of {total}': '第{page}页，共{total}页',
  'Previous page': '上一页',
  'Next page': '下一页',
  'Click to sort by {value} descending': '按“{value}”从大到小排序',
  'Click to remove sorting': '取消排序',
  'Click to sort by {value} ascending': '按“{value}”从小到大排序',
  'No files selected': '未选择文件',
  '{value} files selected': '已选择{value}个文件',
  'Document reference is not defined.': '没有指明文件。',
  'Unable to download document': '文件不能下载',
  'Download {fileName}': '下载{fileName}',
  'Add new': '添加一行',
  'Expand all ({value})': '展开其余{value}行',
  Collapse: '收起',
  'Value is not a number.': '应为数字。',
  'Value is expected to be an integer.': '应为整数。',
  'Value is expected to have at most 1 decimal digit.': '最多1位小数。',
  'Value is expected to have at most {value} decimal digits.': '最多{value}位小数。',
  'Please select a valid value, the two nearest valid values are {previousValue} and {nextValue}.': '不能填这个数，最接近的是{previousValue}和{nextValue}。',
  'Field must match pattern {value}.': '格式不符合要求（{value}）。',
  'Field is required.': '请填写此项。',
  'Field must have minimum value of {value}.': '不能小于{value}。',
  'Min validation value is not a valid number.': '表单的下限不是数字，请告诉系统管理员。',
  'Field must have maximum value of {value}.': '不能大于{value}。',
  'Max validation value is not a valid number.': '表单的上限不是数字，请告诉系统管理员。',
  'Field must have minimum length of {value}.': '至少{value}个字。',
  'Field must have maximum length of {value}.': '最多{value}个字。',
  'Field must be a valid international phone number. (e.g. +4930664040900)': '应为电话号码。',
  'Field must be a valid email.': '应为电子邮件地址。',
  "binding path '{value}' is already claimed": '“{value}”已被另一项使用'
};

/** Templates nobody has translated yet; a test looks here. */
export const missed = new Set();

export function translate(template, values = {}) {
  if (!(template in WORDS)) {
    missed.add(template);
  }
  return (WORDS[template] ?? template).replace(/{([^}]+)}/g, (whole, key) => values[key] ?? whole);
}

export const ChineseModule = { translate: ['value', translate] };

/** Keeps the words that form-js writes by itself Chinese inside ``root``, and names the buttons that have only a picture. */
export function keepChinese(root) {
  const swap = () => {
    root.querySelectorAll('input[placeholder="Search"]').forEach((input) => {
      input.placeholder = '输入名称查找';
    });
    root.querySelectorAll('[aria-label^="Remove list item"]').forEach((button) => {
      const words = `删除第${button.getAttribute('aria-label').match(/\d+/)}行`;
      button.setAttribute('aria-label', words);
      button.title = words;
    });
  };
  swap();
  new MutationObserver(swap).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-label', 'placeholder'] });
}
