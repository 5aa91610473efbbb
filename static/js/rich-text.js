// The tooltip of a link in the editor of texts: Wagtail writes its two buttons in English without asking for a translation.

const WORDS = { Edit: "Redaguoti", Remove: "Pašalinti" };

const translated = (node) => {
  if (!React.isValidElement(node) || node.props.children === undefined) return node;
  const { children, className = "" } = node.props;
  if (String(className).includes("Tooltip__button")) return React.cloneElement(node, {}, WORDS[children] ?? children);
  return React.cloneElement(node, {}, ...[children].flat().map(translated));
};

const { render } = draftail.TooltipEntity.prototype;
draftail.TooltipEntity.prototype.render = function () {
  return translated(render.call(this));
};
